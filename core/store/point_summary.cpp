// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/point_summary.h"

#include <cmath>

namespace simclr {

namespace {

/// Whether `one` replaces `other`; `sign` is 1 for the lowest value and −1 for the highest.
bool isBefore(const MetricExtreme &one, const MetricExtreme &other, double sign) {
    return sign * one.value < sign * other.value || (one.value == other.value && one.step < other.step);
}

void include(std::optional<MetricExtreme> &extreme, const std::optional<MetricExtreme> &other, double sign) {
    if (other && (!extreme || isBefore(*other, *extreme, sign)))
        extreme = other;
}

} // namespace

void include(PointSummary &summary, const PointSummary &part) {
    if (summary.count == 0 || part.last.step >= summary.last.step)
        summary.last = part.last;
    summary.count += part.count;
    summary.nanCount += part.nanCount;
    include(summary.low, part.low, 1);
    include(summary.high, part.high, -1);
}

void include(PointSummary &summary, const MetricPoint &point) {
    PointSummary one{1, 1, point, std::nullopt, std::nullopt};
    if (!std::isnan(point.value)) {
        one.nanCount = 0;
        one.low = one.high = MetricExtreme{point.value, point.step, point.epoch};
    }
    include(summary, one);
}

OutlinePart outlineOf(std::span<const MetricPoint> points) {
    OutlinePart part;
    part.first = points.front();
    for (const MetricPoint &point : points)
        include(part, point);
    return part;
}

} // namespace simclr
