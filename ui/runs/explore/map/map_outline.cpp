// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_outline.h"

#include <QApplication>

namespace simclr::ui {

void MapOutline::begin(Kind kind, const QPointF &place) {
    m_kind = kind;
    m_start = place;
    m_polygon = QPolygonF({place});
    m_bounds = m_polygon.boundingRect();
}

void MapOutline::extendTo(const QPointF &place) {
    if (m_kind == Kind::Rectangle) {
        m_polygon = QPolygonF(QRectF(m_start, place).normalized());
    } else if ((m_polygon.last() - place).manhattanLength() >= 2) {
        m_polygon.append(place);
    }
    m_bounds = m_polygon.boundingRect();
}

bool MapOutline::isLarge() const {
    return m_bounds.width() + m_bounds.height() > QApplication::startDragDistance();
}

} // namespace simclr::ui
