// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_transform.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr::ui {

namespace {

constexpr double margin = 14; ///< pixels

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value) {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    double middle() const { return low <= high ? (low + high) / 2 : 0; }
    double length() const { return low <= high ? high - low : 0; }
};

double scaleFor(double pixels, double length) {
    return std::max(1.0, pixels - 2 * margin) / std::max(length, 1e-6);
}

} // namespace

void MapTransform::fit(const MapPoints &points) {
    Range x;
    Range y;
    for (const MapPoint &point : points) {
        x.add(point.x);
        y.add(point.y);
    }
    center = {x.middle(), y.middle()};
    scale = std::min(scaleFor(size.width(), x.length()), scaleFor(size.height(), y.length()));
    fitted = scale;
}

void MapTransform::pan(const QPointF &pixels) {
    center += QPointF(-pixels.x() / scale, pixels.y() / scale);
}

void MapTransform::zoom(double factor, const QPointF &place) {
    constexpr double smallest = 0.25;
    constexpr double largest = 1000;
    const QPointF kept = toUnits(place);
    scale = std::clamp(scale * factor, fitted * smallest, fitted * largest);
    center += kept - toUnits(place);
}

} // namespace simclr::ui
