// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/curve_view.h"

#include <vector>

namespace simclr {

enum class SmoothingKind { None, Exponential, Gaussian, RunningMean };

/// How a curve is smoothed. Distances are in units of the curve's own typicalSpacing(), so that one strength
/// means the same over steps, epochs and seconds.
struct Smoothing {
    SmoothingKind kind = SmoothingKind::None;
    /// Exponential: weight of the past per unit of distance, in [0, 1).
    /// Gaussian: standard deviation of the kernel, at least 0.
    /// RunningMean: width of the centred window, at least 0; of equally spaced points it holds as many.
    double strength = 0;

    /// Whether it changes any curve.
    bool isActive() const { return kind != SmoothingKind::None && strength > 0; }
    bool operator==(const Smoothing &) const = default;
};

/// The median distance of neighbouring points, without points at the same x; 1 if there are not two.
double typicalSpacing(std::span<const double> xs);

/// The whole curve smoothed; always computed from every point. Gaps remain gaps and are skipped, with their
/// real distance. With u the typical spacing:
///   Exponential  s_i = Σ_{j≤i} w^((x_i − x_j)/u) y_j / Σ_{j≤i} w^((x_i − x_j)/u): the debiased exponential
///                moving average of TensorBoard if points are equally spaced, weighted by the real distance
///                in x otherwise, as Weights & Biases' "time weighted EMA" is
///   Gaussian     Σ_j g_j y_j / Σ_j g_j, g_j = exp(−((x_i − x_j)/(σu))²/2), over |x_i − x_j| ≤ 4σu. If σ is
///                more than 8, points nearer to each other than σu/8 are taken together at their mean x.
///   RunningMean  the mean over |x_i − x_j| ≤ (strength − 1) u/2
std::vector<double> smoothed(const CurveView &curve, const Smoothing &smoothing);

} // namespace simclr
