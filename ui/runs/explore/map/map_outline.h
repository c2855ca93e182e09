// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
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
    /// The pixels inside it, 255 each, of a widget of this size: testing a million points against hundreds
    /// of edges would take seconds.
    QImage mask(const QSize &size) const;
    const QPolygonF &polygon() const { return m_polygon; }

  private:
    Kind m_kind = Kind::Lasso;
    QPointF m_start;
    QPolygonF m_polygon;
    QRectF m_bounds;
};

} // namespace simclr::ui
