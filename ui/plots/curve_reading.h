// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve_series.h"

#include <deque>
#include <optional>
#include <vector>

namespace simclr::ui {

/// What the curves of a plot say at one place. Only points that are there are read: past the end of a curve
/// and between two of its points there is nothing.
struct CurveReading {
    double x = 0;                              ///< of the point nearest to the place that was asked for
    std::vector<std::optional<double>> values; ///< one a curve; nothing where it has no point at `x`
};

/// The reading nearest to `x`; nothing where no curve has a point. Points of curves without markers count as
/// at the same place up to `tolerance`: times of different runs are never quite equal.
std::optional<CurveReading> readNear(const std::deque<CurveSeries> &curves, double x, double tolerance);

} // namespace simclr::ui
