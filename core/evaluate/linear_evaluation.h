// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/features.h"

namespace simclr {

/// Constants of linear evaluation on frozen features.
struct LinearEvaluationOptions {
    /// Candidates for λ of λ/2 · ‖W‖², strongest first: each fit starts from the last one's weights.
    std::vector<double> l2Grid{10, 1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
    double usualL2 = 1e-2; ///< λ where there are too few images to choose by
    int gridIterations =
        100; ///< of L-BFGS for each candidate, so that weak ones are not merely trained longer
    int maxIterations = 100; ///< of L-BFGS for the chosen one
};

/// What linear evaluation learnt and chose.
struct LinearEvaluation {
    torch::Tensor predicted;              ///< (n) int64, class of each query
    double l2 = 0;                        ///< the chosen λ
    std::vector<double> choiceAccuracies; ///< by candidate of the grid; empty where nothing could be chosen
};

/// The λ of the grid whose classifier, trained on `train`, is right most often on `choice`; the strongest of
/// equally good ones (SimCLR B.8 chooses so on validation images). Then that classifier is fitted on `whole`,
/// which is `train` or contains it, and asked about `queries`. Multinomial logistic regression on features
/// standardised by the training features' mean and deviation; the layer starts at zero; full batch, fp32, on
/// the CPU. Stops early, with what was learnt so far, when `stop` is requested.
LinearEvaluation linearEvaluation(const FeatureSet &train, const FeatureSet &choice, const FeatureSet &whole,
                                  const torch::Tensor &queries, int classes,
                                  const LinearEvaluationOptions &options = {}, std::stop_token stop = {});

/// The same where no images but `train` may be used for the choice: every fifth of each class is held out for
/// it. Where no class has five images, λ is options.usualL2.
LinearEvaluation linearEvaluation(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                  const LinearEvaluationOptions &options = {}, std::stop_token stop = {});

/// The classes alone that the latter predicts.
torch::Tensor linearPredictions(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                const LinearEvaluationOptions &options = {}, std::stop_token stop = {});

} // namespace simclr
