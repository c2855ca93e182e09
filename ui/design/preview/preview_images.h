// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QObject>

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace simclr::ui {

/// The source of the previewed images: the dataset, or the user's own images that were opened, pasted or
/// dropped. Owned by the PreviewPanel; UI thread.
class PreviewImages : public QObject {
    Q_OBJECT
  public:
    /// `window` is the parent of the dialogs.
    explicit PreviewImages(QWidget *window);

    /// Null while the dataset's images are shown.
    const OwnImagesPtr &own() const { return m_own; }
    /// The menu of image sources. Owned by the window.
    QMenu *menu() const { return m_menu; }

    /// Shows these instead of the dataset's images.
    void show(std::vector<OwnImage> images);
    void openFiles();
    void paste();
    void backToDataset();
    /// Uses the image files among `data`, or an image; reports files that are not images. Returns whether
    /// there was an image or a file.
    bool take(const QMimeData &data);
    /// Whether `data` contains an image or a file with an image extension.
    static bool offersPictures(const QMimeData &data);

  Q_SIGNALS:
    void changed();
    /// Why there is no image to show.
    void failed(const QString &reason);

  private:
    QWidget *m_window;
    QMenu *m_menu;
    QAction *m_back;
    OwnImagesPtr m_own;
};

} // namespace simclr::ui
