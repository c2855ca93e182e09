// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/image/image.h"

#include <cstdint>
#include <vector>

namespace simclr {

/// Shares of levels, those of red, green and blue pooled, over equal boxes of 0…255; sums to 1.
using LevelHistogram = std::vector<float>;

/// `boxes` in 1…256. Throws InvalidInput for an empty picture.
LevelHistogram levelHistogram(const Image &image, int boxes);

struct CropHistogramOptions {
    int views = 8;  ///< at least 1
    int boxes = 64; ///< 1…256
    int viewSize = 32;
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0; ///< of the first two views; each further pair is of the next one
    std::uint32_t sample = 0;
};

/// What Figure 6 shows of one image (section 3.1): where its crops have one histogram, a network can tell
/// that they belong together without looking at what they show.
struct CropHistograms {
    LevelHistogram original = {};
    std::vector<LevelHistogram> views = {};
    /// How much of their histograms two views have in common, Σ min(a, b), on the average over all pairs of
    /// them; in [0, 1], 1 where they are the same.
    double common = 1;
};

/// Draws views of one image as training would and counts their levels. Throws InvalidInput where the pipeline
/// cannot be drawn with or the image is empty.
CropHistograms cropHistograms(const Image &image, const Pipeline &pipeline,
                              const CropHistogramOptions &options = {});

} // namespace simclr
