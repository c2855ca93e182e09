// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/mean_difference.h"

#include "core/statistics/sample_summary.h"
#include "core/statistics/student_t.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace simclr {

namespace {

double largestOf(std::span<const double> values) {
    double largest = 0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value));
    return largest;
}

bool isUsable(std::span<const double> values) {
    return values.size() > 1 &&
           std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

/// Equal differences of unequal values differ by rounding.
bool isOnlyRounding(double error, std::span<const double> first, std::span<const double> second) {
    constexpr double rounding = 1e-12;
    return error <= rounding * std::max(largestOf(first), largestOf(second));
}

MeanDifference differenceWith(double difference, double standardError, double degrees) {
    const double half = studentQuantile(0.975, degrees) * standardError;
    return {difference,        standardError,     degrees,
            difference - half, difference + half, studentTwoSided(difference / standardError, degrees)};
}

/// (v₁ + v₂)² / (v₁² / (n₁ − 1) + v₂² / (n₂ − 1)) for squared standard errors v.
double welchDegrees(const SampleSummary &first, const SampleSummary &second) {
    const double v1 = first.standardError() * first.standardError();
    const double v2 = second.standardError() * second.standardError();
    return (v1 + v2) * (v1 + v2) /
           (v1 * v1 / static_cast<double>(first.count - 1) + v2 * v2 / static_cast<double>(second.count - 1));
}

} // namespace

std::optional<MeanDifference> welchTest(std::span<const double> first, std::span<const double> second) {
    if (!isUsable(first) || !isUsable(second))
        return std::nullopt;
    const SampleSummary one = summarise(first);
    const SampleSummary other = summarise(second);
    const double error = std::hypot(one.standardError(), other.standardError());
    if (isOnlyRounding(error, first, second))
        return std::nullopt;
    return differenceWith(one.mean - other.mean, error, welchDegrees(one, other));
}

std::optional<MeanDifference> pairedTest(std::span<const double> first, std::span<const double> second) {
    if (first.size() != second.size() || !isUsable(first) || !isUsable(second))
        return std::nullopt;
    std::vector<double> differences;
    for (std::size_t i = 0; i < first.size(); ++i)
        differences.push_back(first[i] - second[i]);
    const SampleSummary summary = summarise(differences);
    if (isOnlyRounding(summary.standardError(), first, second))
        return std::nullopt;
    return differenceWith(summary.mean, summary.standardError(), static_cast<double>(summary.count - 1));
}

} // namespace simclr
