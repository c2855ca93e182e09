// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/mcnemar.h"

#include "core/util/error.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace simclr {

namespace {

/// Below this many, χ² is a poor approximation of the binomial distribution.
constexpr std::size_t fewestForChiSquare = 25;

/// 2 · P(X ≤ k) for X ~ Binomial(n, 1/2), at most 1.
double twoSidedBinomial(std::size_t k, std::size_t n) {
    double term = std::ldexp(1.0, -static_cast<int>(n)); // C(n, 0) / 2ⁿ
    double sum = term;
    for (std::size_t i = 1; i <= k; ++i) {
        term *= static_cast<double>(n - i + 1) / static_cast<double>(i);
        sum += term;
    }
    return std::min(1.0, 2 * sum);
}

/// Edwards 1948; the upper tail of χ² with one degree of freedom is erfc(√(x/2)).
double correctedChiSquare(std::size_t b, std::size_t c) {
    const double difference = std::abs(static_cast<double>(b) - static_cast<double>(c));
    const double corrected = std::max(0.0, difference - 1);
    return std::erfc(std::sqrt(corrected * corrected / static_cast<double>(b + c) / 2));
}

} // namespace

McNemar mcNemar(std::size_t firstOnly, std::size_t secondOnly) {
    McNemar test;
    test.firstOnly = firstOnly;
    test.secondOnly = secondOnly;
    const std::size_t discordant = firstOnly + secondOnly;
    test.isExact = discordant < fewestForChiSquare;
    test.p = test.isExact ? twoSidedBinomial(std::min(firstOnly, secondOnly), discordant)
                          : correctedChiSquare(firstOnly, secondOnly);
    return test;
}

McNemar mcNemar(const Predictions &first, const Predictions &second) {
    std::unordered_map<std::int32_t, std::size_t> places;
    for (std::size_t i = 0; i < first.samples.size(); ++i)
        places.emplace(first.samples[i], i);
    std::size_t common = 0;
    std::size_t firstOnly = 0;
    std::size_t secondOnly = 0;
    for (std::size_t i = 0; i < second.samples.size(); ++i) {
        const auto place = places.find(second.samples[i]);
        if (place == places.end())
            continue;
        if (first.labels[place->second] != second.labels[i])
            throw InvalidInput("the predictions belong to different images: sample " +
                               std::to_string(second.samples[i]) + " has two labels");
        ++common;
        const bool isFirstRight = first.predicted[place->second] == second.labels[i];
        const bool isSecondRight = second.predicted[i] == second.labels[i];
        firstOnly += isFirstRight && !isSecondRight ? 1 : 0;
        secondOnly += isSecondRight && !isFirstRight ? 1 : 0;
    }
    McNemar test = mcNemar(firstOnly, secondOnly);
    test.common = common;
    return test;
}

} // namespace simclr
