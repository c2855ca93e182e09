// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/neighbours.h"

#include "core/layout/for_each_row.h"
#include "core/util/error.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace simclr {

namespace {

constexpr std::size_t lanes = 16; ///< independent sums, so that the compiler can use vector instructions

/// Sums over the columns of two rows in single precision.
struct Sums {
    float product = 0; ///< Σ ab
    float square = 0;  ///< Σ b², or Σ (a − b)²
};

template <typename Square>
Sums sumsOf(std::span<const float> a, std::span<const float> b, Square square) {
    std::array<float, lanes> products{};
    std::array<float, lanes> squares{};
    const auto add = [&](std::size_t lane, std::size_t i) {
        products[lane] += a[i] * b[i];
        squares[lane] += square(a[i], b[i]);
    };
    std::size_t i = 0;
    for (; i + lanes <= a.size(); i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            add(lane, i + lane);
    for (; i < a.size(); ++i)
        add(0, i);
    Sums sums;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        sums.product += products[lane];
        sums.square += squares[lane];
    }
    return sums;
}

float roughDistance(FeatureDistance distance, std::span<const float> a, std::span<const float> b,
                    float lengthOfA) {
    if (distance == FeatureDistance::Euclidean)
        return std::sqrt(sumsOf(a, b, [](float x, float y) { return (x - y) * (x - y); }).square);
    const Sums sums = sumsOf(a, b, [](float, float y) { return y * y; });
    const float lengths = lengthOfA * std::sqrt(sums.square);
    return lengths > 0 ? std::max(0.0f, 1 - sums.product / lengths) : 1;
}

double lengthOf(std::span<const float> values) {
    double sum = 0;
    for (const float value : values)
        sum += double{value} * value;
    return std::sqrt(sum);
}

std::vector<Neighbour> distancesTo(const FeatureTable &table, std::span<const float> query,
                                   FeatureDistance distance, int threads) {
    std::vector<Neighbour> all(table.rows());
    const auto length = static_cast<float>(lengthOf(query));
    forEachRow(table.rows(), threads, [&](std::size_t i) {
        all[i] = {static_cast<std::uint32_t>(i), roughDistance(distance, query, table.row(i), length)};
    });
    return all;
}

void keepNearest(std::vector<Neighbour> &neighbours, std::size_t k) {
    k = std::min(k, neighbours.size());
    std::ranges::partial_sort(neighbours, neighbours.begin() + static_cast<std::ptrdiff_t>(k), isNearer);
    neighbours.resize(k);
}

/// The nearest of `all`, whose distances are rounded: more candidates than needed, then by exact distances.
std::vector<Neighbour> nearestOf(std::vector<Neighbour> all, const FeatureTable &table,
                                 std::span<const float> query, std::size_t k, FeatureDistance distance) {
    constexpr std::size_t spare = 64;
    keepNearest(all, k + spare);
    for (Neighbour &neighbour : all)
        neighbour.distance = static_cast<float>(distanceOf(distance, query, table.row(neighbour.row)));
    keepNearest(all, k);
    return all;
}

std::vector<std::uint32_t> sortedRows(std::span<const Neighbour> neighbours) {
    std::vector<std::uint32_t> rows;
    for (const Neighbour &neighbour : neighbours)
        rows.push_back(neighbour.row);
    std::ranges::sort(rows);
    return rows;
}

float jaccard(std::span<const Neighbour> first, std::span<const Neighbour> second) {
    std::vector<std::uint32_t> common;
    std::ranges::set_intersection(sortedRows(first), sortedRows(second), std::back_inserter(common));
    const auto all = static_cast<float>(first.size() + second.size() - common.size());
    return static_cast<float>(common.size()) / all;
}

} // namespace

double distanceOf(FeatureDistance distance, std::span<const float> a, std::span<const float> b) {
    double product = 0;
    double square = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += double{a[i]} * b[i];
        square += (double{a[i]} - b[i]) * (double{a[i]} - b[i]);
    }
    if (distance == FeatureDistance::Euclidean)
        return std::sqrt(square);
    const double lengths = lengthOf(a) * lengthOf(b);
    return lengths > 0 ? std::max(0.0, 1 - product / lengths) : 1;
}

std::vector<Neighbour> nearestTo(const FeatureTable &table, std::span<const float> query, std::size_t k,
                                 FeatureDistance distance, int threads) {
    requireUsable(table);
    if (query.size() != table.columns)
        throw InvalidInput("features of " + std::to_string(query.size()) +
                           " values cannot be compared with features of " + std::to_string(table.columns));
    return nearestOf(distancesTo(table, query, distance, threads), table, query, k, distance);
}

std::vector<Neighbour> nearestToRow(const FeatureTable &table, std::size_t row, std::size_t k,
                                    FeatureDistance distance, int threads) {
    requireUsable(table);
    std::vector<Neighbour> others = distancesTo(table, table.row(row), distance, threads);
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(row));
    return nearestOf(std::move(others), table, table.row(row), k, distance);
}

std::vector<float> neighbourOverlap(const NeighbourTable &first, const NeighbourTable &second) {
    if (first.rows() != second.rows() || first.k != second.k)
        throw InvalidInput("neighbours can be compared only if both are of the same images, and as many");
    std::vector<float> overlap(first.rows());
    for (std::size_t row = 0; row < overlap.size(); ++row)
        overlap[row] = jaccard(first.of(row), second.of(row));
    return overlap;
}

} // namespace simclr
