// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/sample_size.h"

#include "core/statistics/student_t.h"

#include <cmath>

namespace simclr {

namespace {

constexpr double power = 0.8;
constexpr double upperLevel = 0.975;
constexpr std::int64_t largest = 1'000'000;

/// `degreesPerValue` · (n − 1) degrees of freedom belong to n values.
bool isEnough(std::int64_t n, double relativeVariance, double degreesPerValue) {
    const double degrees = degreesPerValue * static_cast<double>(n - 1);
    const double quantiles = studentQuantile(upperLevel, degrees) + studentQuantile(power, degrees);
    return static_cast<double>(n) >= quantiles * quantiles * relativeVariance;
}

/// Doubles until it is enough, then halves the interval.
std::optional<std::int64_t> smallestEnough(double relativeVariance, double degreesPerValue) {
    if (!(relativeVariance > 0) || !std::isfinite(relativeVariance))
        return std::nullopt;
    std::int64_t low = 1; // never enough
    std::int64_t high = 2;
    while (high <= largest && !isEnough(high, relativeVariance, degreesPerValue)) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const std::int64_t middle = (low + high) / 2;
        (isEnough(middle, relativeVariance, degreesPerValue) ? high : low) = middle;
    }
    return high <= largest ? std::optional(high) : std::nullopt;
}

} // namespace

std::optional<std::int64_t> valuesPerGroup(double difference, double sd, double otherSd) {
    const double one = sd * sd;
    const double other = otherSd * otherSd;
    const double both = one + other;
    return smallestEnough(both / (difference * difference), both * both / (one * one + other * other));
}

std::optional<std::int64_t> pairsNeeded(double difference, double sd) {
    return smallestEnough(sd * sd / (difference * difference), 1);
}

} // namespace simclr
