// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

namespace simclr {

/// The difference of two means: first minus second.
struct MeanDifference {
    double difference = 0;
    double standardError = 0;
    double degrees = 0; ///< of freedom, of Student's t
    double low = 0;     ///< of the 95 % confidence interval
    double high = 0;
    double p = 1; ///< two-sided, of the hypothesis that the means are equal
};

/// Welch's test for two independent samples whose variances may differ (Welch 1947), with the degrees of
/// freedom of Welch and Satterthwaite (Satterthwaite 1946).
///
/// Nothing if a sample has fewer than two values, if a value is not finite, or if the standard error is 0:
/// when all values of each sample are equal, the data do not show how much they vary, and an interval of
/// width 0 would claim certainty.
std::optional<MeanDifference> welchTest(std::span<const double> first, std::span<const double> second);

/// The t test of paired values ("Student" 1908): the mean of first[i] − second[i]. Both have one length.
/// Nothing under the same conditions, where the sample is that of the differences.
std::optional<MeanDifference> pairedTest(std::span<const double> first, std::span<const double> second);

} // namespace simclr
