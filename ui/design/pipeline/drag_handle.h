// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simclr::ui {

/// The dotted grip by which a card is dragged to another position. It only reports the drag; the list moves
/// the steps. Owned by its StepCard; UI thread.
class DragHandle : public QWidget {
    Q_OBJECT
  public:
    explicit DragHandle(QWidget *parent = nullptr);

  Q_SIGNALS:
    void dragMoved(const QPoint &globalPosition);
    void dragFinished(const QPoint &globalPosition);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

  private:
    QPoint m_pressed;
    bool m_dragging = false;
};

} // namespace simclr::ui
