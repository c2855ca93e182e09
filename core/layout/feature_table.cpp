// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/feature_table.h"

#include "core/util/error.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace simclr {

const std::string &nameOf(ImageSplit split) {
    static const std::array<std::string, 5> names{"train", "validation", "test", "learn", "none"};
    return names.at(static_cast<std::size_t>(split));
}

void requireUsable(const FeatureTable &table) {
    if (table.rows() == 0 || table.columns == 0)
        throw InvalidInput("there are no features to compare");
    const auto bad = std::ranges::find_if_not(table.values, [](float value) { return std::isfinite(value); });
    if (bad == table.values.end())
        return;
    const auto row = static_cast<std::size_t>(bad - table.values.begin()) / table.columns;
    throw InvalidInput("the features of sample " + std::to_string(table.samples[row]) +
                       " are not finite: the encoder has diverged");
}

std::size_t rowOf(const FeatureTable &table, std::uint32_t sample) {
    const auto found = std::ranges::find(table.samples, sample);
    if (found == table.samples.end())
        throw InvalidInput("there are no features of sample " + std::to_string(sample));
    return static_cast<std::size_t>(found - table.samples.begin());
}

} // namespace simclr
