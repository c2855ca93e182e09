// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

namespace simclr {

/// The parts of trainOptionsDescription().
Description<TrainOptions> describeWhatIsLearnt();
Description<TrainOptions> describeHowItIsLearnt(Description<TrainOptions> description);

/// Upper limit for counts of images, epochs or steps.
constexpr double maxCount = 1e7;

} // namespace simclr
