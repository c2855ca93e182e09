// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/contrastive_loss.h"

#include <functional>

namespace simclr {

/// The networks' outputs for views: representations h (n, d) and projections z (n, dz).
struct Projected {
    torch::Tensor h;
    torch::Tensor z;
};

/// Views (n, 3, side, side) as bytes → h and z, with a graph where gradients are enabled.
using Project = std::function<Projected(const torch::Tensor &views)>;
using LossOf = std::function<ContrastiveLoss(const torch::Tensor &z)>;

struct BatchResult {
    ContrastiveLoss contrast; ///< without a graph
    torch::Tensor h;          ///< (2N, d), detached
};

/// Adds the gradients of the loss over the 2N `views` (all first views, then all second ones) to the
/// parameters.
BatchResult backwardWhole(const torch::Tensor &views, const Project &project, const LossOf &lossOf);

/// The same gradients with the graph of `chunk` images in memory at a time (cached gradients, Gao et al.
/// 2021, GradCache): projects chunk by chunk without a graph, takes the gradient of the loss at all 2N
/// projections, and projects each chunk again to backpropagate its part. `chunk` divides N. Batch norm uses
/// the statistics of a chunk's 2·chunk views in both passes; the running statistics of `modules` are updated
/// in the first pass only.
BatchResult backwardInChunks(const torch::Tensor &views, std::int64_t chunk,
                             const std::vector<torch::nn::Module *> &modules, const Project &project,
                             const LossOf &lossOf);

} // namespace simclr
