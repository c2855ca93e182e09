// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/file_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace simclr::ui {

namespace {

const QString lastKey = QStringLiteral("lastFolder"); ///< the last folder of any use

QString keyOf(FolderFor use) {
    switch (use) {
    case FolderFor::Pipelines:
        return QStringLiteral("pipelineFolder");
    case FolderFor::Images:
        return QStringLiteral("imageFolder");
    case FolderFor::Exports:
        return QStringLiteral("exportFolder");
    case FolderFor::Plots:
        return QStringLiteral("plotFolder");
    }
    return lastKey;
}

/// The folder, or its nearest existing parent; empty if that would be the root or the path is relative.
QString nearestFolder(const QString &folder) {
    if (!QDir::isAbsolutePath(folder))
        return {};
    QFileInfo info(folder);
    while (!info.isDir() && !info.isRoot())
        info = QFileInfo(info.path());
    return info.isRoot() ? QString() : info.filePath();
}

} // namespace

QString startFolder(FolderFor use) {
    const QSettings settings;
    for (const QString &folder : {settings.value(keyOf(use)).toString(), settings.value(lastKey).toString(),
                                  QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)})
        if (const QString nearest = nearestFolder(folder); !nearest.isEmpty())
            return nearest;
    return QDir::homePath();
}

QFileDialog *newFileDialog(QWidget *window, const QString &objectName, const QString &title,
                           const QString &filters, FolderFor use) {
    auto *dialog = new QFileDialog(window, title, startFolder(use), filters);
    dialog->setObjectName(objectName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::filesSelected, dialog, [use](const QStringList &files) {
        QSettings settings;
        for (const QString &key : {keyOf(use), lastKey})
            settings.setValue(key, QFileInfo(files.value(0)).absolutePath());
    });
    return dialog;
}

} // namespace simclr::ui
