// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/selection.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <vector>

namespace simclr::ui {

class Workspace;

/// Writes selections of the open images as files and opens the images again with them. Its files are in the
/// folder "selections" beside the database. Owned by the DataPage; UI thread.
class SelectionKeeper : public QObject {
    Q_OBJECT
  public:
    /// The workspace must outlive it.
    explicit SelectionKeeper(Workspace &workspace, QObject *parent = nullptr);

    /// Folder of the selections.
    QString folder() const;
    /// The file of the open images' selection; empty: all images are used.
    QString currentFile() const;

    /// Leaves these samples of the open images out, or uses only them; the file is called after `name`, with
    /// a number if there is one already. While a list is written, or images are opened, it fails: the numbers
    /// of the samples are about to change.
    void leaveOut(const std::vector<std::uint32_t> &samples, const QString &name);
    void keep(const std::vector<std::uint32_t> &samples, const QString &name);
    /// Writes the current selection to another file, and uses that.
    void saveAs(const QString &file);
    /// Opens the images with the selection of this file instead of the current one.
    void use(const QString &file);
    /// Opens the images without a selection.
    void useAll();

  Q_SIGNALS:
    /// A sentence.
    void failed(const QString &problem);
    void saved(const QString &file);

  private:
    template <typename Make>
    void write(const Make &make, const QString &name);
    bool isBusy() const;
    /// Uses a written file, if `dataset`, of which it was made, is still open and no other is being opened.
    bool apply(const QString &file, const DatasetPtr &dataset);

    Workspace &m_workspace;
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
