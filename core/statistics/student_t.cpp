// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/student_t.h"

#include "core/statistics/incomplete_beta.h"
#include "core/statistics/normal_distribution.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace simclr {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// From here on the normal approximation errs by less than 1e-12.
constexpr double manyDegrees = 1e6;

/// The z whose normal distribution equals that of t (Abramowitz and Stegun 1964, 26.7.8).
double equivalentNormal(double t, double degrees) {
    return std::isinf(degrees) ? t : t * (1 - 1 / (4 * degrees)) / std::sqrt(1 + t * t / (2 * degrees));
}

/// P(T > t) for t ≥ 0: I_x(ν/2, ½) / 2 with x = ν / (ν + t²) (Abramowitz and Stegun 1964, 26.7.1).
double upperTail(double t, double degrees) {
    if (degrees > manyDegrees)
        return normalCdf(-equivalentNormal(t, degrees));
    const double ratio = t / std::sqrt(degrees) * (t / std::sqrt(degrees));
    const double complement = std::isinf(ratio) ? 1 : ratio / (1 + ratio);
    return regularisedBeta(degrees / 2, 0.5, 1 / (1 + ratio), complement) / 2;
}

double density(double t, double degrees) {
    if (std::isinf(degrees))
        return std::exp(-t * t / 2) / std::sqrt(2 * std::numbers::pi);
    return std::exp(-(degrees + 1) / 2 * std::log1p(t * t / degrees) - std::log(degrees) / 2 -
                    logBeta(degrees / 2, 0.5));
}

/// The t > 0 with P(T > t) = q < ½: Newton's method on the logarithm of the tail, within an interval that
/// each step shortens. It starts at the normal quantile, which is never larger.
double upperQuantile(double q, double degrees) {
    double low = 0;
    double high = infinity;
    double t = -normalQuantile(q);
    for (int step = 0; step < 300; ++step) {
        const double tail = upperTail(t, degrees);
        (tail > q ? low : high) = t;
        double next = t + std::log(tail / q) * tail / density(t, degrees);
        if (!(next > low && next < high))
            next = std::isinf(high) ? 2 * t : (low + high) / 2;
        if (std::abs(next - t) <= 1e-15 * t)
            return next;
        t = next;
    }
    return t;
}

} // namespace

double studentTwoSided(double t, double degrees) {
    return std::isnan(t) || !(degrees > 0) ? notANumber : 2 * upperTail(std::abs(t), degrees);
}

double studentCdf(double t, double degrees) {
    const double half = studentTwoSided(t, degrees) / 2;
    return t < 0 ? half : 1 - half;
}

double studentQuantile(double p, double degrees) {
    if (!(p >= 0 && p <= 1) || !(degrees > 0))
        return notANumber;
    if (p == 0 || p == 1)
        return p == 0 ? -infinity : infinity;
    return p < 0.5 ? -upperQuantile(p, degrees) : p > 0.5 ? upperQuantile(1 - p, degrees) : 0;
}

} // namespace simclr
