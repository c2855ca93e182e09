// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/torch.h"

namespace simclr {

struct ContrastiveLoss {
    torch::Tensor loss; ///< scalar, nats, mean over the 2N views
    torch::Tensor
        top1; ///< scalar in [0, 1]: how often the positive is the most similar candidate; no gradient
};

/// NT-Xent (eq. 1): `z` (2N, d) holds first all first views, then all second ones; row i and row i ± N are a
/// positive pair, all 2(N − 1) others its negatives. Rows are ℓ2-normalised here; similarities are divided by
/// `temperature`.
ContrastiveLoss ntXent(const torch::Tensor &z, double temperature);

/// The loss of guessing: ln(2N − 1).
double chanceLoss(std::int64_t batch);

/// The loss where pairs are identical and z is uniform on the sphere in `dimensions`:
/// ln(1 + (2N − 2) · E[exp(s/τ)] / exp(1/τ)), with E[exp(s/τ)] ≈ exp(1 / (2 d τ²)) for a similarity s of
/// variance 1/d.
double floorLoss(std::int64_t batch, std::int64_t dimensions, double temperature);

} // namespace simclr
