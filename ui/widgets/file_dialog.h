// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFileDialog;
class QWidget;

namespace simclr::ui {

/// What a file is for. The last folder of each use is remembered.
enum class FolderFor { Pipelines, Images, Exports, Plots };

/// The folder in which a dialog for such files opens: that of the last file of this use, otherwise that of
/// the last file of any use, otherwise the user's documents; never the working directory. A folder that no
/// longer exists is replaced by its nearest existing parent.
QString startFolder(FolderFor use);

/// A dialog that asks for an existing file, opens in startFolder() and remembers the folder of the chosen
/// file. It is returned unopened, so that the caller can change its options, and deletes itself. Every file
/// dialog of the window is created here.
QFileDialog *newFileDialog(QWidget *window, const QString &objectName, const QString &title,
                           const QString &filters, FolderFor use);

} // namespace simclr::ui
