// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/line_sample.h"

#include <QPainter>

namespace simclr::ui {

MarkerShape markerShapeOf(const CurveStyle &style) {
    return style.marker.value_or(style.dashed ? MarkerShape::Square : MarkerShape::Disc);
}

void paintMarker(QPainter &painter, const CurveStyle &style, const QPointF &center) {
    const QColor color = style.color();
    painter.setPen(QPen(color, 1.4));
    painter.setBrush(color);
    switch (markerShapeOf(style)) {
    case MarkerShape::Disc:
        return painter.drawEllipse(center, 2.5, 2.5);
    case MarkerShape::Square:
        painter.setBrush(Qt::NoBrush);
        return painter.drawRect(QRectF(center - QPointF(3, 3), QSizeF(6, 6)));
    case MarkerShape::Triangle:
        return painter.drawPolygon(
            QPolygonF({center + QPointF(-3, 2.5), center + QPointF(3, 2.5), center + QPointF(0, -3)}));
    }
}

void paintLineSample(QPainter &painter, const CurveStyle &style, const QPointF &left, double length) {
    painter.save();
    QPen pen(style.color(), 2);
    pen.setCapStyle(Qt::FlatCap);
    if (!style.pattern.isEmpty())
        pen.setDashPattern(style.pattern);
    else if (style.dashed)
        pen.setDashPattern({2.2, 1.6});
    painter.setPen(pen);
    painter.drawLine(left, left + QPointF(length, 0));
    if (style.markers)
        paintMarker(painter, style, left + QPointF(length / 2, 0));
    painter.restore();
}

} // namespace simclr::ui
