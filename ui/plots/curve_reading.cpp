// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_reading.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr::ui {

namespace {

/// The curve that has the point nearest to `x`.
const CurveSeries *nearestCurve(const std::deque<CurveSeries> &curves, double x) {
    const auto distance = [x](const CurveSeries &curve) {
        const auto point = curve.emphasis == CurveEmphasis::Hidden ? std::nullopt : curve.nearest(x);
        return point ? std::abs(point->x() - x) : std::numeric_limits<double>::infinity();
    };
    const auto nearest = std::ranges::min_element(curves, {}, distance);
    return nearest == curves.end() || !std::isfinite(distance(*nearest)) ? nullptr : &*nearest;
}

std::optional<double> valueAt(const CurveSeries &curve, double x, double tolerance) {
    const double rounding = 1e-9 * std::max(1.0, std::abs(x));
    const double allowed = curve.style().markers ? rounding : std::max(rounding, tolerance);
    const auto point = curve.nearest(x);
    return point && std::abs(point->x() - x) <= allowed ? std::optional(point->y()) : std::nullopt;
}

} // namespace

std::optional<CurveReading> readNear(const std::deque<CurveSeries> &curves, double x, double tolerance) {
    const CurveSeries *nearest = nearestCurve(curves, x);
    if (nearest == nullptr)
        return std::nullopt;
    CurveReading reading{nearest->nearest(x)->x(), {}};
    const double allowed = std::min(tolerance, nearest->spacingAt(reading.x) / 2);
    for (const CurveSeries &curve : curves)
        reading.values.push_back(valueAt(curve, reading.x, allowed));
    return reading;
}

} // namespace simclr::ui
