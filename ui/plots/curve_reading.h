// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve_series.h"

#include <deque>
#include <optional>
#include <vector>

namespace simclr::ui {

/// The values of all curves of a plot at one x. Only existing points are read: there is no value past the end
/// of a curve or between two of its points.
struct CurveReading {
    double x = 0;                              ///< of the point nearest to the requested x
    std::vector<std::optional<double>> values; ///< one per curve; nothing if it has no point at `x`
};

/// The reading nearest to `x`; nothing if no curve has a point. For curves without markers, points within
/// `tolerance` of each other are read together: times of different runs are never exactly equal.
std::optional<CurveReading> readNear(const std::deque<CurveSeries> &curves, double x, double tolerance);

} // namespace simclr::ui
