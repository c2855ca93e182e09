// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>

namespace simclr::ui {

/// A lasso or a rectangle that the user is drawing, in pixels of the map. A plain value.
class MapOutline {
  public:
    enum class Kind { Lasso, Rectangle };

    void begin(Kind kind, const QPointF &place);
    void extendTo(const QPointF &place);
    void end() { m_polygon.clear(); }

    bool isActive() const { return !m_polygon.isEmpty(); }
    /// Whether it is more than a click.
    bool isLarge() const;
    bool contains(const QPointF &place) const {
        return m_bounds.contains(place) && m_polygon.containsPoint(place, Qt::OddEvenFill);
    }
    const QPolygonF &polygon() const { return m_polygon; }

  private:
    Kind m_kind = Kind::Lasso;
    QPointF m_start;
    QPolygonF m_polygon;
    QRectF m_bounds;
};

} // namespace simclr::ui
