// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/features.h"

namespace simclr {

/// Constants of linear evaluation on frozen features.
struct LinearEvaluationOptions {
    /// Candidates for λ of λ/2 · ‖W‖², strongest first: each fit starts from the last one's weights.
    std::vector<double> l2Grid{10, 1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
    double usualL2 = 1e-2; ///< λ if there are too few images to tune it
    int gridIterations =
        100; ///< of L-BFGS for each candidate, so that weak ones are not merely trained longer
    int maxIterations = 100; ///< of L-BFGS for the selected one
};

/// The result of linear evaluation.
struct LinearEvaluation {
    torch::Tensor predicted;              ///< (n) int64, class of each query
    double l2 = 0;                        ///< the selected λ
    std::vector<double> choiceAccuracies; ///< by candidate of the grid; empty if λ could not be tuned
};

/// Selects the λ of the grid whose classifier, trained on `train`, is most accurate on `choice`; the
/// strongest in case of ties (SimCLR B.8 does so on validation images). Then fits the classifier on `whole`,
/// which is `train` or contains it, and predicts `queries`. Multinomial logistic regression on features
/// standardised by the training features' mean and deviation; the layer starts at zero; full batch, fp32, on
/// the CPU. Stops early, with the current weights, if `stop` is requested.
LinearEvaluation linearEvaluation(const FeatureSet &train, const FeatureSet &choice, const FeatureSet &whole,
                                  const torch::Tensor &queries, int classes,
                                  const LinearEvaluationOptions &options = {}, std::stop_token stop = {});

/// The same with images held out from `train` to tune λ: every fifth of each class. If no class has five
/// images, λ is options.usualL2.
LinearEvaluation linearEvaluation(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                  const LinearEvaluationOptions &options = {}, std::stop_token stop = {});

/// Only the predicted classes of the latter.
torch::Tensor linearPredictions(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                const LinearEvaluationOptions &options = {}, std::stop_token stop = {});

} // namespace simclr
