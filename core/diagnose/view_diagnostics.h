// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"
#include "core/util/parallel.h"

#include <optional>
#include <stop_token>

namespace simclr {

struct DiagnosticsOptions {
    std::uint32_t images = 256; ///< K, at most; sampled from all with the seed
    std::uint64_t seed = 1;
    int viewSize = 32; ///< pixels
    int threads = 0;   ///< 0: one per core
};

/// What one step of a pipeline costs.
struct StepCost {
    std::size_t step = 0; ///< index in its branch
    double microseconds =
        0; ///< per view, averaged over all views, including those that it was not applied to
};

/// Properties of a pipeline's views, measured without training: whether the contrastive task could be solved
/// by a shortcut, without using image content.
struct ViewDiagnostics {
    std::uint32_t images = 0; ///< K: those that could be read
    /// How often the colour histogram of view 1 is nearest to that of its own view 2 among all view 2s, in
    /// [0, 1]. Near 1, colour alone solves the task (section 3.1, Fig. 6).
    double colorShortcut = 0;
    /// The same for an 8 × 8 grey thumbnail: whether the layout alone identifies the pair.
    double layoutShortcut = 0;
    double chance = 0; ///< of both: 1 / K
    /// If a crop is the only step that selects a region: intersection over union of the two crops of a pair,
    /// and their crop area ratio (smaller / larger), both averaged.
    std::optional<double> cropIou;
    std::optional<double> scaleRatio;
    double clipped = 0;             ///< fraction of the views' pixels with a level of 0 or 255
    double clippedSources = 0;      ///< the same for the source images
    double uniform = 0;             ///< fraction of views whose grey levels have a standard deviation below 4
    double microsecondsPerView = 0; ///< of one thread, from the decoded image
    std::vector<StepCost> costs;    ///< of the first view's branch, enabled steps only
    std::vector<StepCost> secondCosts; ///< of the second view's branch; empty if it has none
};

/// Renders both views of K images and measures them. Nothing if it was stopped. Throws InvalidInput if the
/// pipeline is invalid or no image can be read.
std::optional<ViewDiagnostics> measureDiagnostics(const Dataset &dataset, const Pipeline &pipeline,
                                                  const DiagnosticsOptions &options,
                                                  const std::stop_token &stop = {});

/// Images/s for which `cores` cores of this machine could render both views if they did nothing else;
/// decoding costs extra.
double imagesPerSecond(const ViewDiagnostics &diagnostics, int cores = coreCount());

Json toJson(const ViewDiagnostics &diagnostics, const Pipeline &pipeline);

} // namespace simclr
