// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/spearman.h"

#include "core/statistics/student_t.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace simclr {

namespace {

constexpr std::size_t fewestPairs = 3;
constexpr std::size_t mostForAllOrders = 8; // 40,320 orders

/// Ranks minus their mean.
std::vector<double> centredRanks(std::span<const double> values) {
    std::vector<double> ranks = averageRanks(values);
    const double mean = (static_cast<double>(values.size()) + 1) / 2;
    for (double &rank : ranks)
        rank -= mean;
    return ranks;
}

double product(const std::vector<double> &one, const std::vector<double> &other) {
    return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

/// The fraction of orders of `y` with at least this |Σ x y|.
double exactProbability(const std::vector<double> &x, const std::vector<double> &y) {
    std::vector<std::size_t> order(y.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const double limit = std::abs(product(x, y)) - 1e-9; // ranks are multiples of ½
    std::size_t extreme = 0;
    std::size_t all = 0;
    do {
        double sum = 0;
        for (std::size_t i = 0; i < order.size(); ++i)
            sum += x[i] * y[order[i]];
        ++all;
        extreme += std::abs(sum) >= limit ? 1 : 0;
    } while (std::ranges::next_permutation(order).found);
    return static_cast<double>(extreme) / static_cast<double>(all);
}

double approximateProbability(double rho, std::size_t count) {
    const double degrees = static_cast<double>(count) - 2;
    return studentTwoSided(rho * std::sqrt(degrees / ((1 - rho) * (1 + rho))), degrees);
}

} // namespace

std::vector<double> averageRanks(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]])
            ++end;
        for (std::size_t i = first; i < end; ++i)
            ranks[order[i]] = static_cast<double>(first + 1 + end) / 2;
        first = end;
    }
    return ranks;
}

std::optional<SpearmanCorrelation> spearman(std::span<const double> x, std::span<const double> y) {
    std::vector<double> first;
    std::vector<double> second;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        if (std::isfinite(x[i]) && std::isfinite(y[i])) {
            first.push_back(x[i]);
            second.push_back(y[i]);
        }
    const std::vector<double> a = centredRanks(first);
    const std::vector<double> b = centredRanks(second);
    const double scale = std::sqrt(product(a, a) * product(b, b));
    if (first.size() < fewestPairs || scale == 0)
        return std::nullopt;
    SpearmanCorrelation correlation{first.size(), std::clamp(product(a, b) / scale, -1.0, 1.0), 1, false};
    correlation.isExact = first.size() <= mostForAllOrders;
    correlation.p =
        correlation.isExact ? exactProbability(a, b) : approximateProbability(correlation.rho, first.size());
    return correlation;
}

} // namespace simclr
