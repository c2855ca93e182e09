// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/binomial_interval.h"

#include <algorithm>
#include <cmath>

namespace simclr {

std::optional<ShareInterval> binomialInterval(double share, std::int64_t trials) {
    if (trials <= 0 || !(share >= 0 && share <= 1))
        return std::nullopt;
    constexpr double z = 1.959963984540054; // the normal distribution's 97.5 % point
    const auto n = static_cast<double>(trials);
    const double shrink = 1 / (1 + z * z / n);
    const double center = shrink * (share + z * z / (2 * n));
    const double half = shrink * z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // For a share of 0 or 1 one end equals it exactly, apart from rounding.
    return ShareInterval{share == 0 ? 0 : std::max(0.0, center - half),
                         share == 1 ? 1 : std::min(1.0, center + half)};
}

} // namespace simclr
