// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace simclr {

/// Ranks from 1; equal values share the mean of their ranks. The values are not NaN.
std::vector<double> averageRanks(std::span<const double> values);

struct SpearmanCorrelation {
    std::size_t count = 0; ///< pairs
    double rho = 0;        ///< in [−1, 1]
    double p = 1;          ///< two-sided, of the hypothesis of no association
    bool isExact = false;  ///< p counts all orders; otherwise it is approximated by Student's t
};

/// Spearman's rank correlation (Spearman 1904): Pearson's of the average ranks, so that ties are allowed. Up
/// to eight pairs, p is the fraction of all orders of y whose |ρ| is at least as large; above, that of
/// t = ρ √((n − 2) / (1 − ρ²)) with n − 2 degrees of freedom (Kendall and Stuart 1973, section 31.19).
///
/// Pairs with a value that is not finite are left out. Nothing for fewer than three pairs, or if all x or all
/// y are equal. Both have one length.
std::optional<SpearmanCorrelation> spearman(std::span<const double> x, std::span<const double> y);

} // namespace simclr
