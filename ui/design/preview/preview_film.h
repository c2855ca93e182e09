// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QPixmap>
#include <QWidget>
#include <map>
#include <utility>

namespace simclr::ui {

/// One sample of one image, step by step: a row per view, with the values that each step sampled below its
/// image. A step skipped by its probability is dimmed. Rows wrap at the width; the height follows. Owned by
/// the PreviewPanel; UI thread.
class PreviewFilm : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewFilm(QWidget *parent = nullptr);

    void setPreview(const PreviewPtr &preview);
    /// Side of the images in pixels; they are somewhat smaller if that keeps a view in one row, and larger if
    /// there is space.
    void setSide(int side);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

    /// The position of a frame of a view; frame 0 is the original.
    QRect cell(int view, int frame) const;

  Q_SIGNALS:
    void newSampleRequested();

  protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

  private:
    QSize room() const;
    void fit();
    int columns(int width) const;
    int frames(int view) const;
    int belowPicture() const;
    int cellHeight() const;
    int rowTop(int view, int width) const;
    void paintFrame(QPainter &painter, int view, int frame);
    void paintText(QPainter &painter, const QRect &below, const QString &title, const QStringList &lines);

    PreviewPtr m_preview;
    int m_wanted = 112; ///< side of the images for the current zoom
    int m_side = 112;   ///< fitted to the visible area
    std::map<std::pair<int, int>, QPixmap> m_pixmaps;
};

} // namespace simclr::ui
