// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/neighbours.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace simclr {

struct NeighbourOptions {
    std::size_t k = 15;
    FeatureDistance distance = FeatureDistance::Cosine;
    std::uint64_t seed = 0; ///< of the order of the search; has no effect on the final result
    int threads = 0;        ///< 0: one per core; has no effect on any result
};

/// The exact k nearest other rows of every row, by products of matrices: n² d multiplications in tiles, so
/// that no n × n matrix is kept. In steps, so that a map can move before all neighbours are known: after a
/// step, each row has its nearest among a growing random part of the rows. Of two rows at the same distance
/// the one with the smaller number is nearer. `table` must outlive it. Lives in one thread; a step uses
/// several.
class NeighbourSearch {
  public:
    /// Throws InvalidInput if the table is empty or not finite.
    NeighbourSearch(const FeatureTable &table, const NeighbourOptions &options);
    ~NeighbourSearch();
    NeighbourSearch(const NeighbourSearch &) = delete;
    NeighbourSearch &operator=(const NeighbourSearch &) = delete;

    /// Compares the next rows with all that follow; false if that was done for all.
    bool step();
    int steps() const;     ///< in total
    int stepsDone() const; ///< each is shorter than the one before
    /// The nearest so far, with distances in double precision; k is what the first step can give.
    NeighbourTable table() const;

  private:
    class Search;
    std::unique_ptr<Search> m_search;
};

/// The result of all steps; nothing if `stop` was requested.
std::optional<NeighbourTable> nearestRows(const FeatureTable &table, const NeighbourOptions &options,
                                          const std::stop_token &stop = {});

} // namespace simclr
