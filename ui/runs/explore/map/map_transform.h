// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/map_points.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace simclr::ui {

/// From the coordinates of a map, y upwards, to the pixels of a widget. A plain value.
struct MapTransform {
    double scale = 1;  ///< pixels per unit
    QPointF center;    ///< of the widget, in units
    QSizeF size;       ///< of the widget, pixels
    double fitted = 1; ///< the scale at which the whole map is visible

    QPointF toPixels(const MapPoint &point) const {
        return {size.width() / 2 + (double(point.x) - center.x()) * scale,
                size.height() / 2 - (double(point.y) - center.y()) * scale};
    }
    QPointF toUnits(const QPointF &pixels) const {
        return {center.x() + (pixels.x() - size.width() / 2) / scale,
                center.y() - (pixels.y() - size.height() / 2) / scale};
    }

    /// Shows all of `points` with a margin; finite ones only.
    void fit(const MapPoints &points);
    /// Moves what is shown by some pixels.
    void pan(const QPointF &pixels);
    /// Zooms so that the point under `place` stays there; between the whole map in a quarter of the widget
    /// and 1,000 times larger.
    void zoom(double factor, const QPointF &place);
    double magnification() const { return scale / fitted; }
};

} // namespace simclr::ui
