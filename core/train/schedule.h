// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace simclr {

/// The learning rate of each step (model_util.py): linear from 0 over the warm-up, then half a cosine from
/// the peak down to 0 after the last step.
struct CosineSchedule {
    double peak = 0;
    std::int64_t warmupSteps = 0;
    std::int64_t totalSteps = 1;

    /// `step` counts from 0.
    double rate(std::int64_t step) const;
};

} // namespace simclr
