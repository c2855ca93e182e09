// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/recipe_check.h"

#include <cstdint>
#include <optional>
#include <stop_token>

namespace simclr {

/// What a run would take on this machine, measured on its own images for a few seconds.
struct Preflight {
    std::string device;    ///< "cpu" or "cuda:0"
    std::string precision; ///< "fp32" or "bf16"
    std::int64_t trainImages = 0;
    std::int64_t totalSteps = 0;
    double drawnViewsPerSecond = 0;   ///< decoding and augmentation alone, by the loader's threads
    double trainedViewsPerSecond = 0; ///< whole training steps, the loader running beside
    std::uint64_t peakBytes = 0;      ///< most memory that the steps took: of the GPU, or of this process
    double seconds = 0;               ///< all steps at this speed, without evaluations
    bool isLoaderBound = false;       ///< drawing views is what takes the time
    std::vector<RecipeFinding> findings;
};

/// Trains a few steps that are thrown away, in the calling thread. Nothing where `stop` was requested. Throws
/// as checkRun(), and ComputationError where memory runs out.
std::optional<Preflight> measurePreflight(const RunConfiguration &configuration, const DatasetPtr &dataset,
                                          std::stop_token stop);

} // namespace simclr
