// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/normal_distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace simclr {

namespace {

/// P(Z > z)
double upperTail(double z) {
    return std::erfc(z / std::numbers::sqrt2) / 2;
}

double density(double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

/// Within 4.5e-4 of the z ≥ 0 with P(Z > z) = q (Abramowitz and Stegun 1964, 26.2.23).
double roughQuantile(double q) {
    const double t = std::sqrt(-2 * std::log(q));
    const double above = 2.515517 + t * (0.802853 + t * 0.010328);
    const double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return std::max(0.0, t - above / below);
}

/// Newton's method on the logarithm of the tail, which is nearly quadratic in z.
double upperQuantile(double q) {
    double z = roughQuantile(q);
    for (int step = 0; step < 4; ++step)
        z += (std::log(upperTail(z)) - std::log(q)) * upperTail(z) / density(z);
    return z;
}

} // namespace

double normalCdf(double z) {
    return upperTail(-z);
}

double normalQuantile(double p) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (!(p >= 0 && p <= 1))
        return std::numeric_limits<double>::quiet_NaN();
    if (p == 0 || p == 1)
        return p == 0 ? -infinity : infinity;
    return p < 0.5 ? -upperQuantile(p) : p > 0.5 ? upperQuantile(1 - p) : 0;
}

} // namespace simclr
