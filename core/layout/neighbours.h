// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/feature_table.h"

namespace simclr {

enum class FeatureDistance {
    Cosine,    ///< 1 − cosine, in [0, 2]; 1 if one of the vectors is zero
    Euclidean, ///< ‖a − b‖
};

/// The distance of two rows of equal length, summed in double precision.
double distanceOf(FeatureDistance distance, std::span<const float> a, std::span<const float> b);

/// An image near another one.
struct Neighbour {
    std::uint32_t row = 0; ///< in its FeatureTable
    float distance = 0;

    bool operator==(const Neighbour &) const = default;
};

/// Nearer ones first; of two at the same distance the one with the smaller row.
inline bool isNearer(const Neighbour &one, const Neighbour &other) {
    return one.distance < other.distance || (one.distance == other.distance && one.row < other.row);
}

/// The nearest other rows of each row of a FeatureTable.
struct NeighbourTable {
    std::size_t k = 0;           ///< neighbours of a row: at most one fewer than there are rows
    std::vector<Neighbour> flat; ///< (n, k), each row nearest first

    std::size_t rows() const { return k == 0 ? 0 : flat.size() / k; }
    std::span<const Neighbour> of(std::size_t row) const { return {flat.data() + row * k, k}; }
};

/// The `k` rows of `table` nearest to `query`, which has as many values as a row, nearest first; fewer if the
/// table is smaller. Exact, with distances in double precision; the same on any number of threads (0: one per
/// core). About 10 ms for 50,000 × 512.
std::vector<Neighbour> nearestTo(const FeatureTable &table, std::span<const float> query, std::size_t k,
                                 FeatureDistance distance, int threads = 0);

/// The `k` other rows nearest to `row`.
std::vector<Neighbour> nearestToRow(const FeatureTable &table, std::size_t row, std::size_t k,
                                    FeatureDistance distance, int threads = 0);

/// For every row the Jaccard index of its neighbours in two tables, in [0, 1]: 1 if they are the same, 0 if
/// none is. Both must be of the same images in the same order with the same k; throws InvalidInput otherwise.
std::vector<float> neighbourOverlap(const NeighbourTable &first, const NeighbourTable &second);

} // namespace simclr
