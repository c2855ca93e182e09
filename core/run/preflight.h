// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/recipe_check.h"

#include <cstdint>
#include <optional>
#include <stop_token>

namespace simclr {

/// Estimated time and memory of a run on this machine, from a short measurement on its own images.
struct Preflight {
    std::string device;           ///< "cpu" or "cuda:0"
    std::string precision;        ///< "fp32" or "bf16"
    std::int64_t learnImages = 0; ///< what the encoder learns from
    std::int64_t totalSteps = 0;
    double renderedViewsPerSecond = 0; ///< decoding and augmentation only, by the loader's threads
    double trainedViewsPerSecond = 0;  ///< whole training steps, with the loader running
    std::uint64_t peakBytes = 0;       ///< peak memory of the steps: of the GPU, or of this process
    double seconds = 0;                ///< all steps at this speed, without evaluations
    bool isLoaderBound = false;        ///< rendering views is the bottleneck
    std::vector<RecipeFinding> findings;
};

/// Trains a few steps that are discarded, in the calling thread. Nothing if `stop` was requested. Throws as
/// checkRun(), and ComputationError if memory runs out.
std::optional<Preflight> measurePreflight(const RunConfiguration &configuration, const DatasetPtr &dataset,
                                          std::stop_token stop);

} // namespace simclr
