// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/incomplete_beta.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// Below this, lgamma() itself is exact enough; above it, Stirling's series is.
constexpr double fewestForStirling = 20;

/// std::lgamma() writes a global variable.
double logGamma(double x) {
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

/// What Stirling's formula lacks: ln Γ(x) − (x − ½) ln x + x − ½ ln 2π (DLMF 5.11.1).
double stirlingRest(double x) {
    const double square = 1 / (x * x);
    return (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / x;
}

/// ln Γ(a + b) − ln Γ(a) for a large `a`, without the difference of two large numbers.
double logGammaStep(double a, double b) {
    return (a - 0.5) * std::log1p(b / a) + b * std::log(a + b) - b + stirlingRest(a + b) - stirlingRest(a);
}

double logarithm(double x, double complement) {
    return x > 0.5 ? std::log1p(-complement) : std::log(x);
}

double awayFromZero(double x) {
    constexpr double tiny = 1e-300;
    return std::abs(x) < tiny ? tiny : x;
}

/// The continued fraction of DLMF 8.17.22, by the method of Lentz (1976); fast for x < (a + 1) / (a + b + 2).
double continuedFraction(double a, double b, double x) {
    constexpr int most = 20'000; // about √max(a, b) terms are needed
    double c = 1;
    double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m < most; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / awayFromZero(1 + even * d);
        c = awayFromZero(1 + even / c);
        fraction *= c * d;
        d = 1 / awayFromZero(1 + odd * d);
        c = awayFromZero(1 + odd / c);
        fraction *= c * d;
        if (std::abs(c * d - 1) < 1e-15)
            break;
    }
    return fraction;
}

} // namespace

double logBeta(double a, double b) {
    const double large = std::max(a, b);
    const double small = std::min(a, b);
    if (large < fewestForStirling)
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    return logGamma(small) - logGammaStep(large, small);
}

double regularisedBeta(double a, double b, double x, double complement) {
    if (x <= 0 || complement <= 0)
        return x <= 0 ? 0 : 1;
    const double front =
        std::exp(a * logarithm(x, complement) + b * logarithm(complement, x) - logBeta(a, b));
    if (x < (a + 1) / (a + b + 2))
        return front * continuedFraction(a, b, x) / a;
    return 1 - front * continuedFraction(b, a, complement) / b;
}

} // namespace simclr
