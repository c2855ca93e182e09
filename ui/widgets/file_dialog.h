// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFileDialog;
class QWidget;

namespace simclr::ui {

/// What a file is for. Each has a folder of its own that is remembered.
enum class FolderFor { Pipelines, Images, Exports, Plots };

/// Where a dialog for such files starts: in the folder of the last one, otherwise in that of the last file of
/// any use, otherwise among the person's documents; never in the folder that the program happened to be
/// started from. What is gone since is replaced by the nearest folder above it.
QString startFolder(FolderFor use);

/// A dialog that asks for an existing file, from startFolder() on, and remembers the folder of what was
/// chosen. It is not open yet, so that more can be said of it, and deletes itself. Every file dialog of the
/// window is made here.
QFileDialog *newFileDialog(QWidget *window, const QString &objectName, const QString &title,
                           const QString &filters, FolderFor use);

} // namespace simclr::ui
