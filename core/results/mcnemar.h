// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/predictions.h"

#include <cstddef>

namespace simclr {

/// McNemar's test: whether two classifiers err equally often on the same images (McNemar 1947; the paper
/// compares with it in Table 8).
struct McNemar {
    std::size_t common = 0;     ///< images that both classified
    std::size_t firstOnly = 0;  ///< b: the first is right and the second wrong
    std::size_t secondOnly = 0; ///< c: the first is wrong and the second right
    bool isExact =
        true; ///< binomial, for fewer than 25 discordant images; otherwise χ² with continuity correction
    double p = 1; ///< two-sided
};

/// The test for b and c discordant images.
McNemar mcNemar(std::size_t firstOnly, std::size_t secondOnly);

/// The test on the samples that both predictions contain. Both must belong to one dataset; throws
/// InvalidInput if a sample's label differs between them.
McNemar mcNemar(const Predictions &first, const Predictions &second);

} // namespace simclr
