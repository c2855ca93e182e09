// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/last_pipeline.h"

#include "core/util/error.h"
#include "core/util/json.h"
#include "ui/document/pipeline_document.h"
#include "ui/text/paths.h"

#include <QSettings>

namespace simclr::ui {

namespace {

const QString settingsKey = QStringLiteral("pipeline/last");
const std::string origin = "the previous pipeline";

bool isWhole(const Json &last) {
    return last.is_object() && last.contains("saved") && last.contains("file") && last.at("file").is_string();
}

void write(const Json &last) {
    QSettings().setValue(settingsKey, QString::fromStdString(toLine(last)));
}

} // namespace

LastPipeline::LastPipeline(PipelineDocument &document, QObject *parent)
    : QObject(parent), m_document(document) {
    // Queued: during a change, file and pipeline may not match yet.
    connect(&document, &PipelineDocument::fileChanged, this, &LastPipeline::keep, Qt::QueuedConnection);
    connect(&document, &PipelineDocument::modifiedChanged, this, &LastPipeline::keep, Qt::QueuedConnection);
}

/// A file that could not be read is tried again at the next start, until something else is opened.
std::filesystem::path LastPipeline::file() const {
    const bool isMissing = m_missing && m_document.file().empty() && m_document.saved() == m_missing->saved;
    return isMissing ? m_missing->file : m_document.file();
}

void LastPipeline::keep() {
    Json last{{"file", encodedPath(file())}, {"saved", toJson(m_document.saved())}};
    if (m_document.file().empty() && m_document.isModified())
        last["unsaved"] = toJson(m_document.pipeline());
    write(last);
}

/// Removes the setting while it is read: if reading crashes the program, the next start succeeds.
void LastPipeline::reopen() {
    QSettings settings;
    const std::string text = settings.value(settingsKey).toString().toStdString();
    if (text.empty())
        return;
    settings.remove(settingsKey);
    settings.sync();
    try {
        openAgain(parseJson(text, origin));
    } catch (const std::exception &error) {
        Q_EMIT failed(tr("Cannot open the previous pipeline: %1.").arg(QString::fromStdString(error.what())));
    }
    keep();
}

void LastPipeline::openAgain(const Json &last) {
    if (!isWhole(last))
        throw InvalidInput("its entry in the settings is corrupt");
    const Pipeline saved = pipelineFromJson(last.at("saved"), origin);
    if (const std::filesystem::path file = decodedPath(last.at("file").get<std::string>()); !file.empty())
        openFile(file, saved);
    else
        m_document.start(saved);
    if (last.contains("unsaved"))
        m_document.replace(pipelineFromJson(last.at("unsaved"), origin));
}

void LastPipeline::openFile(const std::filesystem::path &file, const Pipeline &saved) {
    try {
        m_document.load(file);
    } catch (const std::exception &error) {
        m_document.start(saved);
        m_missing = Missing{file, saved};
        Q_EMIT failed(tr("Cannot reopen the previous pipeline: %1. Its last known version is shown, without "
                         "a file; save it to keep it.")
                          .arg(QString::fromStdString(error.what())));
    }
}

} // namespace simclr::ui
