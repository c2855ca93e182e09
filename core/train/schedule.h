// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace simclr {

/// The learning rate of each step (the authors' model_util.py): linear from 0 over the warm-up, then half a
/// cosine from the peak down to 0 after the last step, or the constant peak.
struct LearningRateSchedule {
    double peak = 0;
    std::int64_t warmupSteps = 0;
    std::int64_t totalSteps = 1;
    bool isCosine = true;
    /// For a run that continues another one's training, the step and the rate at which that one stopped: from
    /// there the rate moves linearly to the schedule, over as many steps as the warm-up has. It does not
    /// jump, and is warmed up again if it had fallen to 0. Negative: no such step.
    std::int64_t continuedStep = -1;
    double continuedRate = 0;

    /// `step` counts from 0.
    double rate(std::int64_t step) const;
    /// The schedule without a continued run.
    double ownRate(std::int64_t step) const;
};

} // namespace simclr
