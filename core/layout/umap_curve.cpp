// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/umap_curve.h"

#include <cmath>
#include <tuple>
#include <utility>

namespace simclr {

namespace {

constexpr int places = 300;

/// Σ JᵀJ and Σ Jᵀr of the residuals r at all places, and Σ r².
struct NormalEquations {
    double aa = 0;
    double ab = 0;
    double bb = 0;
    double a = 0;
    double b = 0;
    double squares = 0;
};

double wanted(double x, double minDist, double spread) {
    return x < minDist ? 1 : std::exp(-(x - minDist) / spread);
}

void addPlace(NormalEquations &sums, const UmapCurve &curve, double x, double target) {
    const double power = x > 0 ? std::pow(x, 2 * curve.b) : 0;
    const double value = 1 / (1 + curve.a * power);
    const double byA = -value * value * power;
    const double byB = x > 0 ? -value * value * curve.a * power * 2 * std::log(x) : 0;
    const double residual = target - value;
    sums.aa += byA * byA;
    sums.ab += byA * byB;
    sums.bb += byB * byB;
    sums.a += byA * residual;
    sums.b += byB * residual;
    sums.squares += residual * residual;
}

NormalEquations equationsAt(const UmapCurve &curve, double minDist, double spread) {
    NormalEquations sums;
    for (int i = 0; i < places; ++i) {
        const double x = 3 * spread * i / (places - 1);
        addPlace(sums, curve, x, wanted(x, minDist, spread));
    }
    return sums;
}

/// One step of Levenberg and Marquardt.
UmapCurve improved(const UmapCurve &curve, const NormalEquations &sums, double damping) {
    const double aa = sums.aa * (1 + damping);
    const double bb = sums.bb * (1 + damping);
    const double determinant = aa * bb - sums.ab * sums.ab;
    return {curve.a + (sums.a * bb - sums.b * sums.ab) / determinant,
            curve.b + (sums.b * aa - sums.a * sums.ab) / determinant};
}

} // namespace

UmapCurve fitUmapCurve(double minDist, double spread) {
    constexpr int steps = 200;
    UmapCurve curve{1, 1};
    NormalEquations sums = equationsAt(curve, minDist, spread);
    double damping = 1e-3;
    for (int i = 0; i < steps; ++i) {
        const UmapCurve next = improved(curve, sums, damping);
        const NormalEquations after = equationsAt(next, minDist, spread);
        const bool isBetter = next.a > 0 && next.b > 0 && after.squares <= sums.squares;
        damping *= isBetter ? 0.3 : 5;
        if (isBetter)
            std::tie(curve, sums) = std::pair(next, after);
    }
    return curve;
}

} // namespace simclr
