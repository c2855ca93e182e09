// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"

namespace simclr {

/// A linear layer from features (n, featureSize) to logits (n, classes) with weights and biases of zero: the
/// start of linear evaluations, since the cross-entropy of a linear layer is convex.
torch::nn::Linear zeroClassifier(std::int64_t featureSize, int classes, const torch::Device &device);

/// `rows` (n, d), each divided by its length.
torch::Tensor unitRows(const torch::Tensor &rows);

} // namespace simclr
