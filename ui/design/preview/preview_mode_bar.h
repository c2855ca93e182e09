// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QMenu;

namespace simclr::ui {

/// The ways to look at a preview, larger and smaller, and the menu of pictures of one's own. Owned by the
/// PreviewPanel; UI thread.
class PreviewModeBar : public QWidget {
    Q_OBJECT
  public:
    /// `images` is opened by a button, and owned by another.
    explicit PreviewModeBar(QMenu *images, QWidget *parent = nullptr);

    void setMode(PreviewMode mode);
    /// Whether newer views are to come, for longer than one would not notice.
    void setBusy(bool busy);
    bool isBusy() const;

  Q_SIGNALS:
    void modeChosen(simclr::ui::PreviewMode mode);
    /// Larger (1) or smaller (−1) pictures are wanted.
    void zoomRequested(int steps);

  private:
    void addModes();
    void addButtons(QMenu *images);

    QButtonGroup *m_modes;
    QLabel *m_busy;
};

} // namespace simclr::ui
