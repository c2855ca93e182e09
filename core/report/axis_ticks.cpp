// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/axis_ticks.h"

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
    std::vector<double> ticks;
    if (!(low < high) || most < 1)
        return ticks;
    double distance = roundDistance((high - low) / most);
    if (std::floor(high / distance) - std::ceil(low / distance) >= most)
        distance = roundDistance(distance * 1.1);
    for (double place = std::ceil(low / distance - 1e-9); place * distance <= high + distance * 1e-9; ++place)
        ticks.push_back(place * distance);
    return ticks;
}

} // namespace simclr
