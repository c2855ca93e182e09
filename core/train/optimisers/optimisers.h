// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/optimiser.h"

namespace simclr {

/// Stochastic gradient descent with momentum as in PyTorch: g ← g + λ w, v ← μ v + g, w ← w − η v, or with
/// Nesterov w ← w − η (g + μ v).
std::unique_ptr<Optimiser> makeSgd(const TrainOptions &options, TrainedParameters parameters);

/// LARS as the authors define and use it (lars_optimizer.py; You et al. 2017): g ← g + λ w; the local rate is
/// η · 0.001 ‖w‖ / ‖g‖ for weights and η for all else; the rate is inside the momentum ("classic"): v ← μ v +
/// rate · g, w ← w − v.
std::unique_ptr<Optimiser> makeLars(const TrainOptions &options, TrainedParameters parameters);

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019) as in PyTorch: β₁ is the momentum, β₂ 0.999, ε
/// 1e-8.
std::unique_ptr<Optimiser> makeAdamW(const TrainOptions &options, TrainedParameters parameters);

} // namespace simclr
