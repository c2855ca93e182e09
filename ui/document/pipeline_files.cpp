// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/pipeline_files.h"

#include "core/util/error.h"
#include "ui/document/pipeline_document.h"
#include "ui/document/recent_pipelines.h"
#include "ui/text/paths.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/file_dialog.h"

#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace simclr::ui {

namespace {

QFileDialog *makeDialog(QWidget *window, const QString &title, QFileDialog::AcceptMode mode) {
    QFileDialog *dialog =
        newFileDialog(window, QStringLiteral("pipelineFileDialog"), title,
                      PipelineFiles::tr("Pipelines (*.json);;All files (*)"), FolderFor::Pipelines);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    return dialog;
}

} // namespace

PipelineFiles::PipelineFiles(PipelineDocument &document, QWidget *window)
    : QObject(window), m_document(document), m_window(window) {}

void PipelineFiles::startNew() {
    withoutLosingChanges([this] { m_document.start({tr("New pipeline").toStdString(), {}}); });
}

void PipelineFiles::open() {
    QFileDialog *dialog = makeDialog(m_window, tr("Open pipeline"), QFileDialog::AcceptOpen);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { openFile(toPath(file)); });
    dialog->open();
}

void PipelineFiles::openFile(const std::filesystem::path &file) {
    withoutLosingChanges([this, file] { loadNow(file); });
}

void PipelineFiles::loadNow(const std::filesystem::path &file) {
    try {
        m_document.load(file);
        rememberRecentPipeline(file);
    } catch (const std::exception &error) {
        Q_EMIT failed(tr("Cannot open the pipeline: %1. The current pipeline is unchanged.")
                          .arg(QString::fromStdString(error.what())));
    }
}

void PipelineFiles::save(const Continuation &then) {
    if (m_document.file().empty())
        saveAs(then);
    else
        saveTo(m_document.file(), then);
}

void PipelineFiles::saveAs(const Continuation &then) {
    QFileDialog *dialog = makeDialog(m_window, tr("Save pipeline as"), QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, then](const QString &file) { saveTo(toPath(file), then); });
    dialog->open();
}

void PipelineFiles::saveTo(const std::filesystem::path &file, const Continuation &then) {
    try {
        m_document.save(file);
        rememberRecentPipeline(file);
    } catch (const std::exception &error) {
        Q_EMIT failed(
            tr("Cannot save the pipeline: %1. It stays open.").arg(QString::fromStdString(error.what())));
        return;
    }
    if (then)
        then();
}

void PipelineFiles::withoutLosingChanges(const Continuation &proceed) {
    if (!m_document.isModified())
        return proceed();
    auto *question = new QMessageBox(m_window);
    question->setObjectName(QStringLiteral("unsavedQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::NoIcon);
    question->setTextFormat(Qt::PlainText);
    question->setText(
        tr("The pipeline “%1” has unsaved changes.").arg(QString::fromStdString(m_document.pipeline().name)));
    question->setInformativeText(tr("Each run keeps its own copy of the pipeline that it was trained with."));
    question->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    question->setDefaultButton(QMessageBox::Save);
    connect(question, &QMessageBox::buttonClicked, this, [this, question, proceed](QAbstractButton *button) {
        const QMessageBox::StandardButton answer = question->standardButton(button);
        if (answer == QMessageBox::Save)
            save(proceed);
        else if (answer == QMessageBox::Discard)
            proceed();
    });
    question->open();
}

void PipelineFiles::use(const Json &pipeline, const QString &origin) {
    try {
        m_document.replace(pipelineFromJson(pipeline, origin.toStdString()));
    } catch (const std::exception &error) {
        Q_EMIT failed(sentenceText(error));
    }
}

QString PipelineFiles::suggestedName() const {
    QString name = QString::fromStdString(m_document.pipeline().name);
    name.replace(QChar('/'), QChar('-'));
    return QStringLiteral("%1.json").arg(name.isEmpty() ? tr("pipeline") : name);
}

} // namespace simclr::ui
