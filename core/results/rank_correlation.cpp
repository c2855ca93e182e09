// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/rank_correlation.h"

#include <cmath>
#include <vector>

namespace simclr {

namespace {

int signOf(double value) {
    return value > 0 ? 1 : value < 0 ? -1 : 0;
}

/// Counts over all pairs of things.
struct PairCounts {
    double agreeing = 0; ///< in the same order minus those in the opposite order
    double inFirst = 0;  ///< that differ in the first list
    double inSecond = 0; ///< that differ in the second list
};

} // namespace

RankCorrelation rankCorrelation(std::span<const double> first, std::span<const double> second) {
    constexpr std::size_t fewest = 3;
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < first.size(); ++i)
        if (!std::isnan(first[i]) && !std::isnan(second[i]))
            known.push_back(i);
    PairCounts pairs;
    for (const std::size_t i : known)
        for (const std::size_t j : known) {
            const int one = signOf(first[i] - first[j]);
            const int other = signOf(second[i] - second[j]);
            pairs.agreeing += one * other;
            pairs.inFirst += one != 0 ? 1 : 0;
            pairs.inSecond += other != 0 ? 1 : 0;
        }
    const bool isDefined = known.size() >= fewest && pairs.inFirst > 0 && pairs.inSecond > 0;
    return {known.size(), isDefined
                              ? std::optional(pairs.agreeing / std::sqrt(pairs.inFirst * pairs.inSecond))
                              : std::nullopt};
}

} // namespace simclr
