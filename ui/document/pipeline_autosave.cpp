// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/pipeline_autosave.h"

#include "core/store/process_id.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/document/pipeline_document.h"
#include "ui/text/paths.h"

#include <QRegularExpression>
#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

namespace simclr::ui {

namespace fs = std::filesystem;

namespace {

constexpr auto formatName = "simclr-unsaved-pipeline";
constexpr int formatVersion = 1;

/// "NUMBER.TICKS.BOOT.WINDOW.json": the name alone identifies the owner, even if the content is corrupt.
fs::path ownName() {
    static std::atomic<int> windows = 0;
    const ProcessId process = currentProcess();
    return std::to_string(process.number) + '.' + std::to_string(process.startTicks) + '.' + process.boot +
           '.' + std::to_string(++windows) + ".json";
}

std::optional<ProcessId> ownerOf(const fs::path &file) {
    static const QRegularExpression form(QStringLiteral("^(\\d+)\\.(\\d+)\\.([0-9a-f-]*)\\.\\d+\\.json$"));
    const QRegularExpressionMatch match = form.match(toQString(file.filename()));
    if (!match.hasMatch())
        return std::nullopt;
    return ProcessId{match.captured(1).toLongLong(), match.captured(2).toLongLong(),
                     match.captured(3).toStdString()};
}

std::string toText(const Pipeline &pipeline, const fs::path &original) {
    return simclr::toText(
        Json{{"format", formatName},
             {"version", formatVersion},
             {"changed", QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString()},
             {"file", encodedPath(original)},
             {"pipeline", toJson(pipeline)}});
}

std::string textOf(const Json &json, const char *member, const std::string &origin) {
    const auto found = json.find(member);
    if (found == json.end() || !found->is_string())
        throw InvalidInput(origin + " lacks the text \"" + member + "\"");
    return found->get<std::string>();
}

/// A file that this version would misread, but that the version which wrote it can still recover.
struct NewerVersion : InvalidInput {
    using InvalidInput::InvalidInput;
};

void checkVersion(const Json &json, int known, const std::string &origin) {
    const auto version = json.find("version");
    if (version != json.end() && version->is_number_integer() && version->get<std::int64_t>() > known)
        throw NewerVersion(origin + " was written by a newer version of this program");
}

LeftPipeline readLeft(const fs::path &file) {
    const std::string origin = displayName(file);
    const Json json = readJsonFile(file);
    if (!json.is_object() || !json.contains("pipeline") || textOf(json, "format", origin) != formatName)
        throw InvalidInput(origin + " contains no unsaved pipeline");
    checkVersion(json, formatVersion, origin);
    checkVersion(json.at("pipeline"), Pipeline::formatVersion, origin);
    LeftPipeline left;
    left.file = file;
    left.original = decodedPath(textOf(json, "file", origin));
    left.pipeline = pipelineFromJson(json.at("pipeline"), origin);
    left.changed = QDateTime::fromString(QString::fromStdString(textOf(json, "changed", origin)), Qt::ISODate)
                       .toLocalTime();
    return left;
}

/// The pipeline now stored in the file; an empty one if it cannot be read.
Pipeline savedIn(const fs::path &file) {
    try {
        return readPipeline(file);
    } catch (const Error &) {
        return {};
    }
}

} // namespace

PipelineAutosave::PipelineAutosave(PipelineDocument &document, fs::path folder, QObject *parent)
    : QObject(parent), m_document(document), m_folder(std::move(folder)), m_file(m_folder / ownName()) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &PipelineAutosave::write);
    // Queued: during a change, the document may seem to have nothing to save.
    connect(&document, &PipelineDocument::changed, this, &PipelineAutosave::follow, Qt::QueuedConnection);
    connect(&document, &PipelineDocument::fileChanged, this, &PipelineAutosave::follow, Qt::QueuedConnection);
    connect(&document, &PipelineDocument::modifiedChanged, this, &PipelineAutosave::follow,
            Qt::QueuedConnection);
}

PipelineAutosave::~PipelineAutosave() {
    m_writer.cancel();
    m_writer.wait();
    std::error_code ignored;
    fs::remove(m_file, ignored);
}

/// Later changes do not restart the timer: changes during a long drag are saved, too.
void PipelineAutosave::follow() {
    if (!m_document.isModified()) {
        m_timer.stop();
        remove();
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
}

void PipelineAutosave::write() {
    m_writer.ask(
        [folder = m_folder, file = m_file, pipeline = m_document.pipeline(),
         original = m_document.file()]() -> QString {
            try {
                std::error_code ignored; // the write reports the error
                fs::create_directories(folder, ignored);
                writeFileAtomically(file, toText(pipeline, original));
            } catch (const std::exception &error) {
                return QString::fromStdString(error.what());
            }
            return {};
        },
        [this](const QString &problem) { reportWrite(problem); });
}

void PipelineAutosave::remove() {
    m_writer.ask(
        [file = m_file] {
            std::error_code ignored; // usually there is no file
            fs::remove(file, ignored);
        },
        [] {});
}

void PipelineAutosave::reportWrite(const QString &problem) {
    const bool wasReported = std::exchange(m_isReported, !problem.isEmpty());
    if (!problem.isEmpty() && !wasReported)
        Q_EMIT failed(
            tr("Unsaved changes are not protected against a crash: %1. Save the pipeline to keep them.")
                .arg(problem));
}

void PipelineAutosave::lookForLeft() {
    m_left.clear();
    std::error_code stop; // no folder: nothing to recover
    for (fs::directory_iterator entry(m_folder, stop), end; !stop && entry != end; entry.increment(stop)) {
        const auto owner = ownerOf(entry->path());
        if (owner && !isAlive(*owner))
            read(entry->path());
    }
    std::ranges::sort(m_left, std::greater(), &LeftPipeline::changed);
    Q_EMIT leftChanged();
}

void PipelineAutosave::read(const fs::path &file) {
    try {
        m_left.push_back(readLeft(file));
    } catch (const NewerVersion &error) {
        Q_EMIT failed(tr("Unsaved changes of a pipeline were found: %1, which can recover them.")
                          .arg(QString::fromStdString(error.what())));
    } catch (const std::exception &error) {
        std::error_code ignored;
        if (fs::exists(file, ignored)) // otherwise another window has taken it
            putAside(file, QString::fromStdString(error.what()));
    }
}

void PipelineAutosave::putAside(const fs::path &file, const QString &reason) {
    fs::path aside = file;
    aside += ".damaged";
    std::error_code failure;
    fs::rename(file, aside, failure);
    Q_EMIT failed(
        tr("Unsaved changes of a pipeline were found, but cannot be read: %1. The file is kept as “%2”.")
            .arg(reason, toQString(failure ? file : aside)));
}

bool PipelineAutosave::take(LeftPipeline &taken) {
    taken = std::move(m_left.front());
    m_left.erase(m_left.begin());
    m_writer.wait(); // this window's pending writes come first
    std::error_code failure;
    fs::rename(taken.file, m_file, failure);
    if (failure)
        Q_EMIT failed(tr("The unsaved changes to “%1” were already recovered or discarded in another window.")
                          .arg(QString::fromStdString(taken.pipeline.name)));
    return !failure;
}

void PipelineAutosave::recover() {
    LeftPipeline taken;
    if (m_left.empty())
        return;
    if (take(taken)) {
        if (taken.original.empty())
            m_document.replace(taken.pipeline);
        else
            m_document.recover(taken.pipeline, taken.original, savedIn(taken.original));
    }
    Q_EMIT leftChanged();
}

void PipelineAutosave::discard() {
    if (m_left.empty())
        return;
    std::error_code ignored; // another window may have deleted it
    fs::remove(m_left.front().file, ignored);
    m_left.erase(m_left.begin());
    Q_EMIT leftChanged();
}

} // namespace simclr::ui
