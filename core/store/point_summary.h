// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace simclr {

/// Steps from `first` to `last`, both included.
struct StepRange {
    std::int64_t first = std::numeric_limits<std::int64_t>::min();
    std::int64_t last = std::numeric_limits<std::int64_t>::max();

    bool isEmpty() const { return first > last; }
    bool contains(std::int64_t step) const { return first <= step && step <= last; }
    /// All steps after `step`.
    static StepRange after(std::int64_t step) {
        return step < StepRange{}.last ? StepRange{step + 1} : StepRange{0, -1};
    }
};

/// The lowest or the highest value of some points, the first if several are equal.
struct MetricExtreme {
    double value = 0;
    std::int64_t step = 0;
    double epoch = 0;
};

/// What the points of a curve, or of a part of it, have in common.
struct PointSummary {
    std::int64_t count = 0;
    std::int64_t nanCount = 0;         ///< how many values of `count` are NaN
    MetricPoint last;                  ///< that of the highest step, whatever its value
    std::optional<MetricExtreme> low;  ///< of the values that are not NaN, …
    std::optional<MetricExtreme> high; ///< … nothing if there is none
};

/// Adds a point, or a part of the same curve. In any order.
void include(PointSummary &summary, const MetricPoint &point);
void include(PointSummary &summary, const PointSummary &part);

/// Successive points of a curve.
struct OutlinePart : PointSummary {
    MetricPoint first;

    StepRange steps() const { return {first.step, last.step}; }
};

/// A curve, for drawing from far away: its points are not read. The parts are in the order of their steps.
using CurveOutline = std::vector<OutlinePart>;

/// The points are in the order of their steps, and at least one.
OutlinePart outlineOf(std::span<const MetricPoint> points);

/// A whole curve.
struct MetricSummary : PointSummary {
    std::string key; ///< as in KeyedMetric
};

} // namespace simclr
