// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/export_dialogs.h"

#include "core/run/run_embedding.h"
#include "core/run/run_export.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/question.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <map>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ExportDialogs)
};

QString filterOf(const ExportFormat &format) {
    const std::map<std::string, QString> titles{
        {"torchvision", Texts::tr("PyTorch weights, torchvision's names")},
        {"safetensors", Texts::tr("safetensors, torchvision's names")},
        {"torchscript", Texts::tr("TorchScript program")},
        {"onnx", Texts::tr("ONNX model")},
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

QString suggestedName(const RunRecord &run, const QString &extension) {
    QString name = QString::fromStdString(run.name);
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    return name + extension;
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

void askForEncoderFile(QWidget &owner, const RunRecord &run, std::function<void(const ExportJob &)> chosen) {
    QStringList filters;
    for (const ExportFormat &format : exportFormats())
        filters.append(filterOf(format));
    QFileDialog *dialog =
        newFileDialog(&owner, QStringLiteral("exportDialog"),
                      Texts::tr("Export the encoder of run %1").arg(run.id), {}, FolderFor::Exports);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters(filters);
    dialog->selectFile(suggestedName(run, QString::fromStdString(exportFormats().front().extension)));
    followFormat(*dialog);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog] { followFormat(*dialog); });
    QObject::connect(dialog, &QFileDialog::fileSelected, &owner,
                     [dialog, id = run.id, chosen = std::move(chosen)](const QString &file) {
                         chosen({id, formatOf(dialog->selectedNameFilter()).id, toPath(file)});
                     });
    dialog->open();
}

void askForFeaturesFile(QWidget &owner, const RunRecord &run, std::function<void(const EmbedJob &)> chosen) {
    QFileDialog *dialog = newFileDialog(&owner, QStringLiteral("featuresDialog"),
                                        Texts::tr("Export features of the images of run %1").arg(run.id), {},
                                        FolderFor::Exports);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters({Texts::tr("NumPy array (*.npy)")});
    dialog->setDefaultSuffix(QStringLiteral("npy"));
    dialog->selectFile(suggestedName(run, QStringLiteral(".npy")));
    QObject::connect(dialog, &QFileDialog::fileSelected, &owner,
                     [&owner, id = run.id, chosen = std::move(chosen)](const QString &file) {
                         EmbedJob job;
                         job.run = id;
                         job.file = toPath(file);
                         const std::filesystem::path table = embeddingTable(job.file);
                         std::error_code ignored;
                         if (!std::filesystem::exists(table, ignored))
                             return chosen(job);
                         ask(owner,
                             {QStringLiteral("replaceTableQuestion"),
                              Texts::tr("%1 is replaced too.").arg(toQString(table)),
                              Texts::tr("It will contain the paths and labels of the features."),
                              Texts::tr("Replace")},
                             [chosen, job] { chosen(job); });
                     });
    dialog->open();
}

} // namespace simclr::ui
