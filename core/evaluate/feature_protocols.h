// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/features.h"
#include "core/results/result.h"
#include "core/train/online_probe.h"

#include <functional>
#include <memory>

namespace simclr {

/// Features for "linear" and "knn".
struct FeatureTask {
    FeatureSet train;
    FeatureSet evaluated;
    std::optional<FeatureSet> choice; ///< to tune λ on; without it, a part of `train` is held out
    int classes = 0;
    std::int64_t knnNeighbours = 200;
};

/// The accuracy of predicted classes (n) of the images of `evaluated`, with a key that names its protocol
/// only. `detail` gains "judged_images", and if some could not be read "skipped_images" and "first_skipped".
Result resultOf(Protocol protocol, const torch::Tensor &predicted, const FeatureSet &evaluated, Json detail);

/// Linear evaluation by L-BFGS. Nothing if `stop` was requested.
std::optional<Result> evaluateLinear(const FeatureTask &task, const std::stop_token &stop);

/// Weighted kNN.
Result evaluateKnn(const FeatureTask &task);

/// The classifier that was trained along with the encoder (B.6).
Result evaluateOnline(const FeatureTask &task, OnlineProbe &probe);

} // namespace simclr
