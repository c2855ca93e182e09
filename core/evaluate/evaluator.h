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

/// Evaluates an encoder by linear evaluation and by kNN: both learn from training images and predict images
/// of another split. No hyperparameter is tuned on the evaluated images: if they are the test split, the ℓ2
/// regularisation of linear evaluation is tuned on the validation images, otherwise on held-out training
/// images. Lives in the thread that trains.
class Evaluator {
  public:
    Evaluator(DatasetPtr dataset, Splits splits, TrainOptions options, ComputeDevice device);

    enum class Effort {
        Quick, ///< uses at most options.evaluationImages training images
        Full,  ///< uses all of them
    };

    /// Reports accuracies on `split` to `observer`. Returns false if `stop` was requested. Does nothing for a
    /// dataset without labels, without training images, or a split without images. `probe` is evaluated too
    /// if it is not null. Unreadable images are reported whenever they differ from those reported before.
    bool evaluate(ResNet &encoder, Split split, Effort effort, std::int64_t epoch, std::int64_t step,
                  Observer &observer, std::stop_token stop, OnlineProbe *probe = nullptr);

  private:
    /// Nothing if `stop` was requested.
    std::optional<FeatureTask> features(ResNet &encoder, Split split, Effort effort,
                                        const std::stop_token &stop) const;

    DatasetPtr m_dataset;
    Splits m_splits;
    std::vector<std::uint32_t> m_quickTrain;
    TrainOptions m_options;
    ComputeDevice m_device;
    std::set<std::string> m_notes; ///< already reported
};

} // namespace simclr
