// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QObject>

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace simclr::ui {

/// Which pictures are previewed: those of the dataset, or pictures of one's own that were opened, pasted or
/// dropped. Owned by the PreviewPanel; UI thread.
class PreviewImages : public QObject {
    Q_OBJECT
  public:
    /// Dialogs stand on `window`.
    explicit PreviewImages(QWidget *window);

    /// Null while the dataset's pictures are shown.
    const OwnImagesPtr &own() const { return m_own; }
    /// Of all that can be chosen. Owned by the window.
    QMenu *menu() const { return m_menu; }

    void openFiles();
    void paste();
    void backToDataset();
    /// Files that look like pictures are taken; of others it is told that they are none. Whether there was
    /// anything to take.
    bool take(const QMimeData &data);
    /// Whether something among `data` is a file with a picture's name, or a picture.
    static bool offersPictures(const QMimeData &data);

  Q_SIGNALS:
    void changed();
    /// Why there is no picture to show.
    void failed(const QString &reason);

  private:
    void show(std::vector<OwnImage> images);

    QWidget *m_window;
    QMenu *m_menu;
    QAction *m_back;
    OwnImagesPtr m_own;
};

} // namespace simclr::ui
