// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QPixmap>
#include <QWidget>
#include <map>
#include <utility>

namespace simclr::ui {

/// One draw of one picture, step by step: a row a view, with what each step drew under its picture. A step
/// that chance left out is dimmed. Rows go on in a further line where the width ends; the height follows.
/// Owned by the PreviewPanel; UI thread.
class PreviewFilm : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewFilm(QWidget *parent = nullptr);

    void setPreview(const PreviewPtr &preview);
    /// Side of the pictures in pixels; they are somewhat smaller where that keeps a view in one line, and
    /// larger where there is room.
    void setSide(int side);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

    /// Where a frame of a view stands; frame 0 is the original.
    QRect cell(int view, int frame) const;

  Q_SIGNALS:
    void newDrawRequested();

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
    int m_wanted = 112; ///< side of the pictures that the zoom asks for
    int m_side = 112;   ///< as fitted to the room
    std::map<std::pair<int, int>, QPixmap> m_pixmaps;
};

} // namespace simclr::ui
