// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace simclr {

/// How many values are needed to detect a true difference of `difference` with 80 % power at the two-sided
/// level of 5 %: the smallest n with n ≥ (t₀.₉₇₅ + t₀.₈₀)² V / difference², where V is the variance of one
/// difference and both quantiles are Student's with the degrees of freedom of n values. This usual iteration
/// (Snedecor and Cochran 1989, section 6.14) is within 1 of the exact answer of the noncentral t.
///
/// Nothing if `difference` is 0, if nothing varies, if a number is not finite, or above a million. Both
/// deviations are themselves estimates: from few values the answer is no more than an order of magnitude.

/// Values per group, for Welch's test of two groups of one size with these standard deviations.
std::optional<std::int64_t> valuesPerGroup(double difference, double sd, double otherSd);

/// Pairs, for the paired t test, where `sd` is the standard deviation of the differences.
std::optional<std::int64_t> pairsNeeded(double difference, double sd);

} // namespace simclr
