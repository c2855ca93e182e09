// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/classifier.h"
#include "core/evaluate/feature_protocols.h"

namespace simclr {

/// Trains a classifier on `train` (see trainClassifier()) and evaluates it on the centre crops of
/// `evaluated`, images of the same dataset. Nothing if `stop` was requested. `representation` is changed if
/// the recipe trains it. The result's key names its protocol only.
std::optional<Result> evaluateByTraining(Protocol protocol, Representation &representation,
                                         const LabelledImages &train,
                                         std::span<const std::uint32_t> evaluated,
                                         const ClassifierRecipe &recipe, const ComputeDevice &device,
                                         const EpochDone &epochDone, const std::stop_token &stop);

/// `fraction` of `samples`, the same number of each class if there are enough, chosen by `seed`; sorted.
/// Throws InvalidInput if that is less than one image per class.
std::vector<std::uint32_t> labelledSubset(const Dataset &dataset, const std::vector<std::uint32_t> &samples,
                                          double fraction, std::uint64_t seed);

} // namespace simclr
