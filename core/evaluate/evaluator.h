// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/splits.h"
#include "core/evaluate/feature_protocols.h"
#include "core/events/observer.h"
#include "core/train/online_probe.h"
#include "core/train/train_options.h"

#include <set>
#include <stop_token>
#include <string>

namespace simclr {

/// Evaluates an encoder by linear evaluation and by kNN: both learn from training images and are asked about
/// images of another split. Nothing is chosen on the images that are evaluated: where they are the test
/// split, the ℓ2 strength of linear evaluation is chosen on the validation images, otherwise on a part of the
/// training images. Lives in the thread that trains.
class Evaluator {
  public:
    Evaluator(DatasetPtr dataset, Splits splits, TrainOptions options, ComputeDevice device);

    enum class Effort {
        Quick, ///< learns from at most options.evaluationImages training images
        Full,  ///< learns from all of them
    };

    /// Accuracies on `split`, told to `observer`. Returns false when `stop` was
    /// requested. Does nothing for a dataset without labels or a split without images. `probe`, where it is
    /// not null, is asked too. Images that cannot be read are told of, each time that there are others.
    bool evaluate(ResNet &encoder, Split split, Effort effort, std::int64_t epoch, std::int64_t step,
                  Observer &observer, std::stop_token stop, OnlineProbe *probe = nullptr);

  private:
    /// Nothing when `stop` was requested.
    std::optional<FeatureTask> features(ResNet &encoder, Split split, Effort effort,
                                        const std::stop_token &stop) const;

    DatasetPtr m_dataset;
    Splits m_splits;
    std::vector<std::uint32_t> m_quickTrain;
    TrainOptions m_options;
    ComputeDevice m_device;
    std::set<std::string> m_notes; ///< that were told
};

} // namespace simclr
