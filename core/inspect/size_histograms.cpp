// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/image_statistics.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// The values of all images that were read.
template <typename Value>
std::vector<double> valuesOf(std::span<const ImageSize> sizes, Value value) {
    std::vector<double> values;
    for (const ImageSize &size : sizes)
        if (size.width > 0 && size.height > 0)
            values.push_back(value(size));
    return values;
}

/// Bars of equal width from `low`; a value beyond the last edge counts in the last bar.
std::vector<std::size_t> counted(const std::vector<double> &values, double low, double width,
                                 std::size_t bars) {
    std::vector<std::size_t> counts(bars);
    for (const double value : values) {
        const double place = std::floor((value - low) / width);
        ++counts[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bars - 1)))];
    }
    return counts;
}

} // namespace

std::vector<HistogramBar> sideHistogram(std::span<const ImageSize> sizes, int bars) {
    const std::vector<double> sides =
        valuesOf(sizes, [](const ImageSize &size) { return double(std::min(size.width, size.height)); });
    if (sides.empty())
        return {};
    const auto [low, high] = std::ranges::minmax(sides);
    const double width = std::max(1.0, std::ceil((high - low + 1) / bars));
    const auto used = static_cast<std::size_t>(std::ceil((high - low + 1) / width));
    const std::vector<std::size_t> counts = counted(sides, low, width, used);
    std::vector<HistogramBar> histogram;
    for (std::size_t i = 0; i < used; ++i)
        histogram.push_back(
            {low + static_cast<double>(i) * width, low + static_cast<double>(i + 1) * width - 1, counts[i]});
    return histogram;
}

std::vector<HistogramBar> aspectHistogram(std::span<const ImageSize> sizes, int bars) {
    const std::vector<double> ratios = valuesOf(
        sizes, [](const ImageSize &size) { return std::log(double(size.width) / double(size.height)); });
    if (ratios.empty())
        return {};
    const auto [low, high] = std::ranges::minmax(ratios);
    if (low == high)
        return {{std::exp(low), std::exp(high), ratios.size()}};
    const double width = (high - low) / bars;
    const std::vector<std::size_t> counts = counted(ratios, low, width, static_cast<std::size_t>(bars));
    std::vector<HistogramBar> histogram;
    for (std::size_t i = 0; i < counts.size(); ++i)
        histogram.push_back({std::exp(low + static_cast<double>(i) * width),
                             std::exp(low + static_cast<double>(i + 1) * width), counts[i]});
    return histogram;
}

} // namespace simclr
