// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"
#include "core/util/parallel.h"

#include <optional>
#include <stop_token>

namespace simclr {

struct MeterOptions {
    std::uint32_t images = 256; ///< K, at most; drawn from all by the seed
    std::uint64_t seed = 1;
    int viewSize = 32; ///< pixels
    int threads = 0;   ///< 0: one a core
};

/// What one step of a pipeline costs.
struct StepCost {
    std::size_t step = 0; ///< index in its branch
    double microseconds =
        0; ///< a view, on the average over those that it was applied to and those that it was not
};

/// What the views of a pipeline are like before anything is trained: whether the contrastive task could be
/// solved without looking at what the pictures show.
struct Meters {
    std::uint32_t images = 0; ///< K: those that could be read
    /// How often the nearest colour histogram of view 1 among all view 2s is its own pair's, in [0, 1]. Near
    /// 1, colour alone solves the task (section 3.1, Fig. 6).
    double colorShortcut = 0;
    /// The same for a tiny grey thumbnail: whether the layout gives the pair away.
    double layoutShortcut = 0;
    double chance = 0; ///< of both: 1 / K
    /// Where a crop is the only step that chooses a region: intersection over union of the two crops of a
    /// pair, and the smaller of their areas divided by the larger one, on the average.
    std::optional<double> cropIou;
    std::optional<double> scaleRatio;
    double clipped = 0;        ///< share of pixels of views with a level of 0 or 255
    double clippedSources = 0; ///< the same of the pictures as they are
    double uniform = 0; ///< share of views whose grey levels differ by less than 4 (standard deviation)
    double microsecondsPerView = 0;    ///< of one thread, from the decoded picture
    std::vector<StepCost> costs;       ///< of the first view's branch, those that are switched on
    std::vector<StepCost> secondCosts; ///< of the second's; empty where it has none of its own
};

/// Draws both views of K images and measures them. Nothing where it was stopped. Throws InvalidInput where
/// the pipeline cannot be drawn with or no picture can be read.
std::optional<Meters> measureMeters(const Dataset &dataset, const Pipeline &pipeline,
                                    const MeterOptions &options, const std::stop_token &stop = {});

/// How many images a second `cores` of this machine could draw both views of, if they did nothing else; what
/// is decoded first costs more.
double imagesPerSecond(const Meters &meters, int cores = coreCount());

Json toJson(const Meters &meters, const Pipeline &pipeline);

} // namespace simclr
