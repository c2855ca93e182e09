// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/map_transform.h"
#include "ui/runs/explore/map/point_groups.h"

#include <QImage>
#include <span>

namespace simclr::ui {

/// What to paint of a map; valid during the call.
struct PaintedPoints {
    const MapPoints &points;
    const PointGroups &groups;
    std::span<const std::uint8_t> selected; ///< of each row; empty: no selection
    int every = 1;                          ///< only each row of this multiple, while a huge map moves
};

/// Paints the points of a map as small shapes into an image: 50,000 in a few milliseconds, because each shape
/// is rendered once and copied. Rows are painted in an order that is random but always the same, so that no
/// class covers the others; selected ones come last. Owned by the MapCanvas; UI thread.
class PointPainter {
  public:
    /// An image of the transform's size times `ratio`, transparent behind the points.
    const QImage &paint(const PaintedPoints &what, const MapTransform &transform, double ratio);
    /// The side of a point in pixels: fewer and magnified ones are larger.
    static double pointSide(std::size_t points, double magnification);

  private:
    void order(std::size_t rows);
    void paintRows(const PaintedPoints &what, const MapTransform &transform, bool isSelected);

    QImage m_image;
    double m_ratio = 1;
    std::vector<std::uint32_t> m_order;
};

/// A shape in its colour, for legends and points. `side` in pixels of the image.
QImage pointImage(PointShape shape, const QColor &color, int side);

} // namespace simclr::ui
