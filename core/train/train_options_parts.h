// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

namespace simclr {

/// What trainOptionsDescription() is made of.
Description<TrainOptions> describeWhatIsLearnt();
Description<TrainOptions> describeHowItIsLearnt(Description<TrainOptions> description);

/// No count of images, epochs or steps is larger.
constexpr double maxCount = 1e7;

} // namespace simclr
