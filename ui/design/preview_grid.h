// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview_layout.h"
#include "ui/design/preview_renderer.h"

#include <QPixmap>
#include <QWidget>
#include <map>
#include <utility>

namespace simclr::ui {

/// The pictures of a preview: original, view 1, view 2, with the class under them. Small pictures are
/// enlarged with their pixels kept square and sharp. Space asks for a new draw. Owned by the PreviewPanel; UI
/// thread.
class PreviewGrid : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewGrid(QWidget *parent = nullptr);

    /// What is shown; null for nothing.
    const PreviewPtr &preview() const { return m_preview; }
    void setPreview(const PreviewPtr &preview);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void newDrawRequested();

  protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

  private:
    void paintPicture(QPainter &painter, int group, int part, const Image &image);
    QPixmap pixmapOf(const Image &image) const;
    QString toolTipOf(int group) const;

    PreviewPtr m_preview;
    PreviewLayout m_layout;
    std::map<std::pair<int, int>, QPixmap> m_pixmaps;
};

} // namespace simclr::ui
