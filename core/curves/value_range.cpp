// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/value_range.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace simclr {

namespace {

constexpr double lowQuantile = 0.01;
constexpr double highQuantile = 0.99;
constexpr double margin = 0.1;
constexpr std::size_t fewest = 20;

double quantile(std::vector<double> &values, double share) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(
                                            std::lround(share * static_cast<double>(values.size() - 1)));
    std::ranges::nth_element(values, place);
    return *place;
}

} // namespace

Extremes rangeWithoutOutliers(std::span<const double> values) {
    std::vector<double> finite;
    finite.reserve(values.size());
    Extremes all;
    for (const double value : values)
        if (std::isfinite(value)) {
            finite.push_back(value);
            all.cover(value);
        }
    if (finite.size() < fewest)
        return all;
    const double low = quantile(finite, lowQuantile);
    const double high = quantile(finite, highQuantile);
    const double extra = (high - low) * margin;
    return {std::max(all.low, low - extra), std::min(all.high, high + extra)};
}

} // namespace simclr
