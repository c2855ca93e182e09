// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"

#include <QObject>
#include <cstdint>
#include <vector>

class QAction;
class QMenu;
class QPoint;

namespace simclr::ui {

class ImageWall;

/// What can be done with the selected images of an ImageWall: its context menu and shortcuts. Owned by the
/// WallPanel; UI thread.
class WallActions : public QObject {
    Q_OBJECT
  public:
    WallActions(ImageWall &wall, QObject *parent);

  public Q_SLOTS:
    /// Copies the paths of the selected images, a line each; of images without files their names.
    void copyPaths();
    void copyNames();
    void showFile();

  Q_SIGNALS:
    /// A sentence on what was done, or on why not.
    void done(const QString &what, bool isProblem);
    /// The user wants these images in the preview of the Design page.
    void previewRequested(const std::vector<std::uint32_t> &samples);
    void leaveOutRequested(const std::vector<std::uint32_t> &samples);
    void keepRequested(const std::vector<std::uint32_t> &samples);

  private:
    QAction *add(const char *name, const char *icon, const QString &text, void (WallActions::*work)());
    void offer(const QPoint &place);
    void preview();
    void leaveOut();
    void keep();
    void copy(bool arePaths);
    void take(const QStringList &lines);

    ImageWall &m_wall;
    QMenu *m_menu;
    QAction *m_show;
    QAction *m_copyPaths;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent}; ///< a million paths take seconds
};

} // namespace simclr::ui
