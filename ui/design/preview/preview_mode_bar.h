// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QMenu;

namespace simclr::ui {

/// The modes of a preview, zoom in and out, and the menu of the user's own images. Owned by the PreviewPanel;
/// UI thread.
class PreviewModeBar : public QWidget {
    Q_OBJECT
  public:
    /// `images` is opened by a button and owned by the caller.
    explicit PreviewModeBar(QMenu *images, QWidget *parent = nullptr);

    void setMode(PreviewMode mode);
    /// Whether newer views have been pending for a noticeable time.
    void setBusy(bool busy);
    bool isBusy() const;

  Q_SIGNALS:
    void modeChosen(simclr::ui::PreviewMode mode);
    /// Requests larger (1) or smaller (−1) images.
    void zoomRequested(int steps);

  private:
    void addModes();
    void addButtons(QMenu *images);

    QButtonGroup *m_modes;
    QLabel *m_busy;
};

} // namespace simclr::ui
