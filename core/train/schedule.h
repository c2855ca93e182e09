// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace simclr {

/// The learning rate of each step (the authors' model_util.py): linear from 0 over the warm-up, then half a
/// cosine from the peak down to 0 after the last step, or the peak for good.
struct LearningRateSchedule {
    double peak = 0;
    std::int64_t warmupSteps = 0;
    std::int64_t totalSteps = 1;
    bool isCosine = true;

    /// `step` counts from 0.
    double rate(std::int64_t step) const;
};

} // namespace simclr
