// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/layout/feature_table.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace simclr {

/// Features without an encoder, to find near-duplicates in images that no run was trained on.
struct Thumbnails {
    FeatureTable table; ///< without splits: all None
    std::vector<BrokenFile> broken;
};

/// The centre crops of all images at 16 × 16 pixels, minus their mean in each channel: the cosine of two is
/// their normalised cross-correlation. A uniform image has only zeros. `progress` receives the number of
/// finished images. Nothing if `stop` was requested. Throws IoError if no image can be read.
std::optional<Thumbnails> thumbnailFeatures(const Dataset &dataset, int threads, const std::stop_token &stop,
                                            const std::function<void(std::size_t)> &progress);

} // namespace simclr
