// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/evaluate/evaluation_options.h"
#include "core/evaluate/representation.h"
#include "core/train/device_choice.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace simclr {

/// Labelled training images.
struct LabelledImages {
    DatasetPtr dataset;
    std::vector<std::uint32_t> samples;
    int imageSize = 32; ///< side of the views, pixels
    int loaderThreads = 1;
};

/// The result of the training.
struct TrainedClassifier {
    torch::nn::Linear layer;  ///< features (n, d) → logits (n, classes)
    std::size_t replaced = 0; ///< unreadable images that were replaced by others
};

/// Called after each epoch, counted from 1, with its mean loss.
using EpochDone = std::function<void(std::int64_t epoch, double loss)>;

/// A linear classifier on top of `representation`, trained with labels by gradient descent on views that are
/// cropped and flipped (see ClassifierRecipe). It starts at zero. A frozen encoder stays in eval mode, and an
/// exception is thrown if a hash over its parameters and buffers differs afterwards; otherwise it is trained
/// too, in training mode. The result depends on seeds and weights only, not on the number of loader threads.
/// Returns nothing if `stop` was requested, which is checked at every batch. Throws ComputationError if the
/// loss is not finite.
std::optional<TrainedClassifier> trainClassifier(Representation &representation, const LabelledImages &images,
                                                 const ClassifierRecipe &recipe, const ComputeDevice &device,
                                                 const EpochDone &epochDone, std::stop_token stop);

} // namespace simclr
