// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QImage>
#include <QStackedWidget>

class QScrollArea;

namespace simclr::ui {

class PreviewFilm;
class PreviewGrid;
class PreviewSheet;

/// The modes of a preview, one of which is visible, and the zoom. Owned by the PreviewPanel; UI thread.
class PreviewPages : public QStackedWidget {
    Q_OBJECT
  public:
    explicit PreviewPages(QWidget *parent = nullptr);

    PreviewGrid &grid() const { return *m_grid; }
    PreviewSheet &sheet() const { return *m_sheet; }

    void setMode(PreviewMode mode);
    /// Null for nothing.
    void setPreview(const PreviewPtr &preview);
    /// Enlarges (positive) or reduces the images by this number of steps of 25 %.
    void zoom(int steps);
    /// Size of the images relative to the default.
    double scale() const;
    /// The visible page as one picture; null if it shows nothing.
    QImage picture() const;
    /// Side of the views in pixels.
    void setViewSize(int side);

    bool eventFilter(QObject *watched, QEvent *event) override;

  Q_SIGNALS:
    void newSampleRequested();
    void zoomed();

  private:
    void applyZoom();

    PreviewGrid *m_grid;
    PreviewFilm *m_film;
    PreviewSheet *m_sheet;
    QScrollArea *m_gridArea;
    QScrollArea *m_filmArea;
    PreviewPtr m_preview;
    int m_viewSize = 32;
    int m_zoom = 0; ///< in steps of 25 %
};

} // namespace simclr::ui
