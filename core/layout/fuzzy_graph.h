// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/neighbours.h"

namespace simclr {

/// An undirected weighted graph over images; every edge is listed at both of its ends.
struct FuzzyGraph {
    struct Edge {
        std::uint32_t to = 0;
        float weight = 0; ///< membership strength, in (0, 1]
    };
    std::vector<std::size_t> begins; ///< (n + 1): where the edges of a node begin in `edges`
    std::vector<Edge> edges;         ///< of each node in the order of `to`

    std::size_t nodes() const { return begins.empty() ? 0 : begins.size() - 1; }
    std::span<const Edge> of(std::size_t node) const {
        return {edges.data() + begins[node], begins[node + 1] - begins[node]};
    }
};

/// The fuzzy simplicial set of neighbours (McInnes, Healy and Melville 2018, algorithms 2 and 3): the
/// strength of i → j is exp(−max(0, d − ρ) / σ), where ρ is the distance to the nearest neighbour that
/// differs and σ is such that the strengths of a node sum to log₂(k + 1); the constants are those of the
/// authors' umap-learn. Both directions are joined by a + b − ab. The same on any number of threads (0: one
/// per core).
FuzzyGraph fuzzyGraph(const NeighbourTable &neighbours, int threads = 0);

} // namespace simclr
