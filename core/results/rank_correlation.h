// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace simclr {

/// How far two lists of values order the same things alike.
struct RankCorrelation {
    std::size_t count = 0; ///< n
    /// Kendall's τ-b (Kendall 1945), in [−1, 1]: 1 for the same order, −1 for the reverse, 0 for none.
    /// Nothing if n < 3 or all values of one list are equal.
    std::optional<double> tau;
};

/// Both lists have one length. Pairs with a NaN are left out, and not counted.
RankCorrelation rankCorrelation(std::span<const double> first, std::span<const double> second);

} // namespace simclr
