// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/drag_handle.h"

#include "ui/widgets/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace simclr::ui {

DragHandle::DragHandle(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("dragHandle"));
    setFixedSize(14, 24);
    setCursor(Qt::OpenHandCursor);
    setToolTip(tr("Drag to move (Alt+Up, Alt+Down)"));
}

void DragHandle::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor dots = theme::mutedText();
    dots.setAlpha(150);
    painter.setBrush(dots);
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 2; ++column)
            painter.drawEllipse(QPointF(4.5 + 5 * column, height() / 2.0 + 5 * (row - 1)), 1.3, 1.3);
}

void DragHandle::mousePressEvent(QMouseEvent *event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->globalPosition().toPoint();
    setCursor(Qt::ClosedHandCursor);
}

void DragHandle::mouseMoveEvent(QMouseEvent *event) {
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const QPoint position = event->globalPosition().toPoint();
    m_dragging = m_dragging || (position - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (m_dragging)
        Q_EMIT dragMoved(position);
}

void DragHandle::mouseReleaseEvent(QMouseEvent *event) {
    setCursor(Qt::OpenHandCursor);
    if (!m_dragging)
        return;
    m_dragging = false;
    Q_EMIT dragFinished(event->globalPosition().toPoint());
}

} // namespace simclr::ui
