// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QPixmap>
#include <QWidget>
#include <vector>

namespace simclr::ui {

/// A contact sheet: one image and many samples of its views, both views of one epoch after the other, as many
/// as fill the space. Owned by the PreviewPanel; UI thread.
class PreviewSheet : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewSheet(QWidget *parent = nullptr);

    void setPreview(const PreviewPtr &preview);
    /// Side of the images, in pixels.
    void setSide(int side);
    /// Number of views that fit beside the original.
    std::size_t draws() const;

    QSize sizeHint() const override;

  Q_SIGNALS:
    void newSampleRequested();
    /// The number of views that fit has changed.
    void drawsChanged();

  protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

  private:
    int columns() const;
    int rows() const;
    QRect cell(std::size_t index) const;

    PreviewPtr m_preview;
    int m_side = 96;
    std::vector<QPixmap> m_pixmaps;
};

} // namespace simclr::ui
