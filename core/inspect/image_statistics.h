// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace simclr {

struct StatisticsOptions {
    int side = 32;          ///< pixels, at which channels are measured: the training size
    std::uint32_t most = 0; ///< images that are read, chosen by a fixed seed; 0: all
    int threads = 0;        ///< 0: one per core; has no effect on the result
    std::function<void(std::size_t, std::size_t)> progress = [](std::size_t, std::size_t) {};
};

/// What is measured by reading the images of a dataset.
struct ImageStatistics {
    /// Of the images at the training size, centre-cropped as for evaluation, per channel (red, green, blue),
    /// with levels from 0 to 1: the values that a normalisation subtracts and divides by.
    std::array<double, 3> mean{};
    std::array<double, 3> deviation{};
    std::size_t channelImages = 0; ///< images that mean and deviation are of
    /// The size of each sample; 0 × 0 for one that was not read or cannot be read.
    std::vector<ImageSize> sizes;
    std::size_t measured = 0; ///< images that were read
    bool isSampled = false;   ///< not all images were read
    std::vector<std::uint32_t> unreadable;
};

/// Reads the images. Channels are measured of the samples in `training`, in ascending order; if it is empty,
/// of all. Nothing if `stop` was requested. Throws IoError if no image can be read.
std::optional<ImageStatistics> measureImages(const Dataset &dataset, std::span<const std::uint32_t> training,
                                             const StatisticsOptions &options,
                                             const std::stop_token &stop = {});

/// A bar of a histogram of values from `low` to `high`, in whole pixels both included.
struct HistogramBar {
    double low = 0;
    double high = 0;
    std::size_t count = 0;
};

/// Shorter sides in pixels, at most `bars` bars of equal width in whole pixels. Images of size 0 × 0 do not
/// count. Empty without images.
std::vector<HistogramBar> sideHistogram(std::span<const ImageSize> sizes, int bars);

/// Aspect ratios width / height, bars of equal width in their logarithm; one bar if all are equal.
std::vector<HistogramBar> aspectHistogram(std::span<const ImageSize> sizes, int bars);

} // namespace simclr
