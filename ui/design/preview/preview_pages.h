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

/// The ways to look at a preview, of which one is seen, and how large its pictures are. Owned by the
/// PreviewPanel; UI thread.
class PreviewPages : public QStackedWidget {
    Q_OBJECT
  public:
    explicit PreviewPages(QWidget *parent = nullptr);

    PreviewGrid &grid() const { return *m_grid; }
    PreviewSheet &sheet() const { return *m_sheet; }

    void setMode(PreviewMode mode);
    /// Null for nothing.
    void setPreview(const PreviewPtr &preview);
    /// Larger pictures by so many steps of a quarter, or smaller ones.
    void zoom(int steps);
    /// How much larger pictures are than usual.
    double scale() const;
    /// What the page that is seen shows, as one picture; a null one where it shows nothing.
    QImage picture() const;
    /// Views are of so many pixels.
    void setViewSize(int side);

    bool eventFilter(QObject *watched, QEvent *event) override;

  Q_SIGNALS:
    void newDrawRequested();
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
    int m_zoom = 0; ///< steps of a quarter
};

} // namespace simclr::ui
