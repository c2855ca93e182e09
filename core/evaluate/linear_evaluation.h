// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/features.h"

namespace simclr {

/// Constants of linear evaluation on frozen features. They are fixed: nothing is chosen on the images that
/// are judged.
struct LinearEvaluationOptions {
    double l2 = 1e-3;        ///< λ of λ/2 · ‖W‖²
    int maxIterations = 100; ///< of L-BFGS
};

/// Trains a linear classifier (multinomial logistic regression) on frozen features and returns the predicted
/// class of each row of `queries`. Features are standardised by the training features' mean and deviation;
/// the layer starts at zero (SimCLR B.8 fits such a classifier with L-BFGS too); full batch, fp32, on the
/// CPU.
/// Stops early, with what was learnt so far, when `stop` is requested.
torch::Tensor linearPredictions(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                const LinearEvaluationOptions &options = {}, std::stop_token stop = {});

} // namespace simclr
