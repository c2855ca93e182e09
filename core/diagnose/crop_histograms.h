// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/image/image.h"

#include <cstdint>
#include <vector>

namespace simclr {

/// Relative frequencies of levels in equal bins of 0…255, red, green and blue pooled; sums to 1.
using LevelHistogram = std::vector<float>;

/// `boxes` in 1…256. Throws InvalidInput for an empty image.
LevelHistogram levelHistogram(const Image &image, int boxes);

struct CropHistogramOptions {
    int views = 8;  ///< at least 1
    int boxes = 64; ///< 1…256
    int viewSize = 32;
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0; ///< of the first two views; each further pair belongs to the next epoch
    std::uint32_t sample = 0;
};

/// What Figure 6 shows for one image (section 3.1): if its crops have the same histogram, a network can match
/// them without using their content.
struct CropHistograms {
    LevelHistogram original = {};
    std::vector<LevelHistogram> views = {};
    /// Histogram intersection of two views, Σ min(a, b), averaged over all pairs; in [0, 1], 1 if they are
    /// equal.
    double common = 1;
};

/// Renders views of one image as training would and counts their levels. Throws InvalidInput if the pipeline
/// is invalid or the image is empty.
CropHistograms cropHistograms(const Image &image, const Pipeline &pipeline,
                              const CropHistogramOptions &options = {});

} // namespace simclr
