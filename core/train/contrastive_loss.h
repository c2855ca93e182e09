// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"
#include "core/train/loss_bounds.h"
#include "core/train/train_options.h"

namespace simclr {

struct ContrastiveLoss {
    torch::Tensor loss; ///< scalar, mean over the 2N views as anchors
    /// Scalars in [0, 1] without gradient: how often the positive is the most similar of the 2N − 1
    /// candidates, and among the most similar five. Ties count against the positive, so that collapsed
    /// projections score 0.
    torch::Tensor top1;
    torch::Tensor top5;
};

/// The loss selected by `options` (loss, temperature, normalise, semi_hard, margin) on projections `z` (2N,
/// d), which contain first all first views, then all second views: row i and row i ± N are a positive pair,
/// all 2(N − 1) others its negatives. With s⁺ and s⁻ the similarities of an anchor to its positive and to a
/// negative, cosines if rows are ℓ2-normalised and dot products if not:
///   nt_xent         −s⁺/τ + ln Σ exp(s/τ) over the positive and all negatives (eq. 1)
///   nt_logistic     −ln σ(s⁺/τ) − mean of ln σ(−s⁻/τ) (Table 2)
///   margin_triplet  mean of max(0, s⁻ − s⁺ + m) (Table 2)
/// Means are over the anchor's negatives. Semi-hard (Schroff et al. 2015; section 5.1) leaves each anchor
/// only the one negative that is most similar among those less similar than the positive, for the triplet by
/// less than m; an anchor without any has no negative term.
///
/// Similarities and their gradient are computed for some anchors at a time: besides `z` and its gradient that
/// takes less than 256 MiB for any N. If `z` has a graph, the loss has one that begins at `z`; it supports
/// one backward pass.
ContrastiveLoss contrastiveLoss(const torch::Tensor &z, const TrainOptions &options);

} // namespace simclr
