// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/encoder_exporter.h"

#include "core/run/run_export.h"
#include "core/util/files.h"
#include "ui/text/paths.h"
#include "ui/text/training_text.h"
#include "ui/widgets/file_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <map>

namespace simclr::ui {

namespace {

QString filterOf(const ExportFormat &format) {
    const std::map<std::string, QString> titles{
        {"torchvision", EncoderExporter::tr("PyTorch weights, torchvision's names")},
        {"safetensors", EncoderExporter::tr("safetensors, torchvision's names")},
        {"torchscript", EncoderExporter::tr("TorchScript program")},
        {"onnx", EncoderExporter::tr("ONNX model")},
    };
    const auto title = titles.find(format.id);
    return QStringLiteral("%1 (*%2)")
        .arg(title == titles.end() ? QString::fromStdString(format.id) : title->second,
             QString::fromStdString(format.extension));
}

const ExportFormat &formatOf(const QString &filter) {
    for (const ExportFormat &format : exportFormats())
        if (filterOf(format) == filter)
            return format;
    return exportFormats().front();
}

QString suggestedName(const RunRecord &run, const ExportFormat &format) {
    QString name = QString::fromStdString(run.name);
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    return name + QString::fromStdString(format.extension);
}

/// Adapts the file extension to the selected format and keeps the name.
void followFormat(QFileDialog &dialog) {
    const QString suffix = QString::fromStdString(formatOf(dialog.selectedNameFilter()).extension).mid(1);
    dialog.setDefaultSuffix(suffix);
    const QStringList chosen = dialog.selectedFiles();
    if (chosen.isEmpty())
        return;
    const QFileInfo file(chosen.first());
    for (const ExportFormat &format : exportFormats())
        if (file.fileName().endsWith(QString::fromStdString(format.extension)))
            return dialog.selectFile(
                file.fileName().chopped(static_cast<qsizetype>(format.extension.size())) + QLatin1Char('.') +
                suffix);
}

} // namespace

struct EncoderExporter::Answer {
    QString message;
    QString python;
    QString problem;
};

EncoderExporter::EncoderExporter(QWidget *window) : QObject(window), m_window(window) {
    m_pool.setMaxThreadCount(1);
}

EncoderExporter::~EncoderExporter() {
    m_pool.waitForDone(); // its answer is posted to this object and discarded with it
}

void EncoderExporter::ask(const RunRecord &run) {
    QStringList filters;
    for (const ExportFormat &format : exportFormats())
        filters.append(filterOf(format));
    QFileDialog *dialog =
        newFileDialog(m_window, QStringLiteral("exportDialog"),
                      tr("Export the encoder of run %1").arg(run.id), {}, FolderFor::Exports);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters(filters);
    dialog->selectFile(suggestedName(run, exportFormats().front()));
    followFormat(*dialog);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog] { followFormat(*dialog); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, run](const QString &file) {
        write(run, formatOf(dialog->selectedNameFilter()).id, toPath(file));
    });
    dialog->open();
}

EncoderExporter::Answer EncoderExporter::answer(const RunRecord &run, const std::string &format,
                                                const std::filesystem::path &file) {
    try {
        const ExportedEncoder exported = exportEncoder(run, format, file);
        QStringList sentences{
            tr("%1 contains %2 at epoch %3: %4 parameters, %5 features.")
                .arg(QString::fromStdString(displayName(file)), QString::fromStdString(exported.encoder))
                .arg(QLocale().toString(exported.epochs, 'g', 4))
                .arg(countText(exported.parameters), countText(exported.featureSize))};
        for (const auto *more : {&exported.problems, &exported.notes})
            for (const std::string &sentence : *more)
                sentences.append(QString::fromStdString(sentence));
        return {sentences.join(QLatin1Char('\n')), QString::fromStdString(exported.python), {}};
    } catch (const std::exception &error) {
        return {{}, {}, tr("The encoder was not exported: %1").arg(QString::fromStdString(error.what()))};
    }
}

void EncoderExporter::write(const RunRecord &run, const std::string &format,
                            const std::filesystem::path &file) {
    if (m_working)
        return;
    m_working = true;
    Q_EMIT workingChanged(true);
    m_pool.start([this, run, format, file] {
        const Answer result = answer(run, format, file);
        QMetaObject::invokeMethod(
            this, [this, result] { done(result); }, Qt::QueuedConnection);
    });
}

void EncoderExporter::done(const Answer &answer) {
    m_working = false;
    Q_EMIT workingChanged(false);
    if (answer.problem.isEmpty())
        Q_EMIT exported(answer.message, answer.python);
    else
        Q_EMIT failed(answer.problem);
}

} // namespace simclr::ui
