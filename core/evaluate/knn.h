// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/features.h"

namespace simclr {

/// Weighted kNN (Wu et al. 2018): the `neighbours` most similar training features vote with weight exp(cosine
/// / 0.1), on ℓ2-normalised features. Returns the predicted class of each row of `queries`.
torch::Tensor knnPredictions(const FeatureSet &train, const torch::Tensor &queries, std::int64_t neighbours,
                             int classes);

/// Fraction of `predictions` that equal `labels`, in [0, 1].
double accuracy(const torch::Tensor &predictions, const torch::Tensor &labels);

} // namespace simclr
