// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/gallery/gallery_item.h"

#include <QObject>
#include <vector>

class QAction;
class QListView;
class QMenu;

namespace simclr::ui {

class GalleryModel;

/// What can be done with the selected images of an ImageGallery: the context menu and its shortcuts. Owned by
/// the ImageGallery; UI thread.
class GalleryActions : public QObject {
    Q_OBJECT
  public:
    GalleryActions(QListView &view, const GalleryModel &model, QObject *parent);

    void setDataset(const DatasetPtr &dataset) { m_dataset = dataset; }
    /// The selected items in the order of the gallery; all of them if none is selected.
    std::vector<GalleryItem> chosen() const;
    /// Writes chosen() as a table: index, file, class, prediction, note.
    void saveListTo(const QString &file);
    /// Writes the current image as PNG.
    void saveImageTo(const QString &file);

  public Q_SLOTS:
    /// Copies the paths of the selected images, a line each; of images without files their indices.
    void copy();
    void askForListFile();
    void askForImageFile();
    void showFile();

  Q_SIGNALS:
    /// A sentence on what was done, or on why not.
    void done(const QString &what, bool isProblem);

  private:
    QAction *add(const char *name, const char *icon, const QString &text, void (GalleryActions::*work)());
    void offer(const QPoint &place);
    /// The current one; nullptr if there is none.
    const GalleryItem *current() const;

    QListView &m_view;
    const GalleryModel &m_model;
    DatasetPtr m_dataset;
    QMenu *m_menu;
    QAction *m_copy;
    QAction *m_show;
    QAction *m_save;
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
