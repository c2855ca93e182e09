// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace simclr::test {

/// Bit for bit, except that one NaN is as good as another.
inline bool isSameNumber(double one, double other) {
    return std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(other) ||
           (std::isnan(one) && std::isnan(other));
}

inline bool isSamePoint(const MetricPoint &one, const MetricPoint &other) {
    return one.step == other.step && isSameNumber(one.epoch, other.epoch) &&
           isSameNumber(one.value, other.value) && isSameNumber(one.time, other.time);
}

inline bool areSamePoints(const std::vector<MetricPoint> &one, const std::vector<MetricPoint> &other) {
    return std::ranges::equal(one, other, isSamePoint);
}

/// The first point with the lowest value of `sign` times its own, found by looking at all of them.
inline std::optional<MetricPoint> extremeOf(const std::vector<MetricPoint> &points, double sign) {
    std::optional<MetricPoint> found;
    for (const MetricPoint &point : points)
        if (!std::isnan(point.value) && (!found || sign * point.value < sign * found->value))
            found = point;
    return found;
}

inline bool isExtreme(const std::optional<MetricExtreme> &extreme, const std::optional<MetricPoint> &point) {
    if (!extreme || !point)
        return extreme.has_value() == point.has_value();
    return extreme->value == point->value && extreme->step == point->step && extreme->epoch == point->epoch;
}

inline bool isSummaryOf(const PointSummary &summary, const std::vector<MetricPoint> &points) {
    const auto nans =
        std::ranges::count_if(points, [](const MetricPoint &point) { return std::isnan(point.value); });
    return summary.count == static_cast<std::int64_t>(points.size()) && summary.nanCount == nans &&
           isSamePoint(summary.last, points.back()) && isExtreme(summary.low, extremeOf(points, 1)) &&
           isExtreme(summary.high, extremeOf(points, -1));
}

/// Whether the stored summary of a curve is that of these points.
inline bool isSummaryOf(const RunStore &store, RunId run, const std::string &key,
                        const std::vector<MetricPoint> &points) {
    const std::vector<MetricSummary> all = store.metrics().summaries(run);
    const auto found = std::ranges::find(all, key, &MetricSummary::key);
    if (found == all.end())
        return points.empty();
    return !points.empty() && isSummaryOf(*found, points);
}

} // namespace simclr::test
