// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/axis_ticks.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// The smallest 1, 2 or 5 times a power of ten that is not below `distance`.
double roundDistance(double distance) {
    const double power = std::pow(10.0, std::floor(std::log10(distance)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= distance * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

} // namespace

std::vector<double> axisTicks(double low, double high, int most) {
    constexpr double oneValue = 1e-12; // a shorter axis is a single value: its ticks could not be told apart
    if (most < 1 || !(high - low > oneValue * std::max(std::abs(low), std::abs(high))))
        return {};
    double distance = roundDistance((high - low) / most);
    if (std::floor(high / distance) - std::ceil(low / distance) >= most)
        distance = roundDistance(distance * 1.1);
    const double first = std::ceil(low / distance - 1e-9);
    std::vector<double> ticks;
    for (int i = 0; i <= most && (first + i) * distance <= high + distance * 1e-9; ++i)
        ticks.push_back((first + i) * distance);
    return ticks;
}

int tickDecimals(const std::vector<double> &ticks) {
    constexpr int most = 15;
    if (ticks.size() < 2)
        return 3;
    return std::clamp(-static_cast<int>(std::floor(std::log10(ticks[1] - ticks[0]) + 1e-9)), 0, most);
}

} // namespace simclr
