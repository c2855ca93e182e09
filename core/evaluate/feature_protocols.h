// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/features.h"
#include "core/train/online_probe.h"
#include "core/util/result_scope.h"

#include <functional>
#include <memory>

namespace simclr {

/// Features that "linear" and "knn" work with.
struct FeatureTask {
    FeatureSet train;
    FeatureSet judged;
    std::optional<FeatureSet> choice; ///< to choose λ on; without it, on a part of `train`
    int classes = 0;
    std::int64_t knnNeighbours = 200;
};

/// What one protocol found.
struct Judgement {
    std::string protocol;
    double value = 0; ///< top-1 accuracy in [0, 1]
    Json detail;      ///< the protocol's constants; "skipped_images" where some could not be read
    std::shared_ptr<const Predictions> predictions;
    std::string note; ///< which images are missing from it; empty where none is
};

/// The judgement of predicted classes (n) of the images of `judged`.
Judgement judgementOf(const std::string &protocol, const torch::Tensor &predicted, const FeatureSet &judged,
                      Json detail);

/// Linear evaluation by L-BFGS. Nothing when `stop` was requested.
std::optional<Judgement> judgeLinear(const FeatureTask &task, const std::stop_token &stop);

/// Weighted kNN.
Judgement judgeKnn(const FeatureTask &task);

/// The classifier that was trained along with the encoder (B.6).
Judgement judgeOnline(const FeatureTask &task, OnlineProbe &probe);

} // namespace simclr
