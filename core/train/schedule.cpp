// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace simclr {

double LearningRateSchedule::rate(std::int64_t step) const {
    const double own = ownRate(step);
    const std::int64_t since = step - continuedStep;
    if (continuedStep < 0 || since < 0 || since >= warmupSteps)
        return own;
    const double share = static_cast<double>(since) / static_cast<double>(warmupSteps);
    return continuedRate + share * (own - continuedRate);
}

double LearningRateSchedule::ownRate(std::int64_t step) const {
    if (step < warmupSteps)
        return peak * static_cast<double>(step) / static_cast<double>(warmupSteps);
    if (!isCosine)
        return peak;
    const auto length = static_cast<double>(std::max<std::int64_t>(1, totalSteps - warmupSteps));
    const double progress = std::min(1.0, static_cast<double>(step - warmupSteps) / length);
    return peak * 0.5 * (1 + std::cos(std::numbers::pi * progress));
}

} // namespace simclr
