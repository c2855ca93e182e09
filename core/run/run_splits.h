// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/splits.h"
#include "core/layout/feature_table.h"
#include "core/train/train_options.h"

#include <vector>

namespace simclr {

/// What the splits of a run with these options depend on.
SplitOptions splitOptions(const TrainOptions &options);

/// The images that a run with these options is trained and evaluated on. Throws InvalidInput.
Splits splitsOf(const TrainOptions &options, const Dataset &dataset);

/// The split of each of `images` images.
std::vector<ImageSplit> splitOfEach(const Splits &splits, std::uint32_t images);

} // namespace simclr
