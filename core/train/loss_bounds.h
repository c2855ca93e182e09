// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <cstdint>
#include <optional>

namespace simclr {

/// NT-Xent at chance: ln(2N − 1).
double chanceLoss(std::int64_t batch);

/// NT-Xent if pairs are identical and z is uniform on the sphere in `dimensions`: ln(1 + (2N − 2) ·
/// E[exp(s/τ)] / exp(1/τ)), with E[exp(s/τ)] ≈ exp(1 / (2 d τ²)) for a similarity s of variance 1/d.
double floorLoss(std::int64_t batch, std::int64_t dimensions, double temperature);

/// The levels between which a loss falls, in nats.
struct LossBounds {
    double chance = 0;
    double floor = 0;

    bool operator==(const LossBounds &) const = default;
};

/// Those of a run with these stored TrainOptions; nothing for other losses than NT-Xent on unit vectors, for
/// a run without projection head, whose dimensions the options do not tell, and if an option is missing.
std::optional<LossBounds> lossBounds(const Json &config);

} // namespace simclr
