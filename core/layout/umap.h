// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/fuzzy_graph.h"
#include "core/layout/map_points.h"
#include "core/layout/umap_curve.h"

#include <cstdint>

namespace simclr {

class RandomStream;

/// The defaults are those of umap-learn.
struct UmapOptions {
    int epochs = 0;       ///< 0: 500 up to 10,000 images, otherwise 200
    double minDist = 0.1; ///< smallest distance of neighbours on the map, in [0, 1]
    double spread = 1;    ///< scale of the map, > 0
    int negatives = 5;    ///< random images that push, for each neighbour that pulls
    double rate = 1;      ///< of the first epoch; falls to 0 linearly
    std::uint64_t seed = 0;
    int threads = 0; ///< 0: one per core; has no effect on the result
};

/// The optimisation of UMAP (McInnes, Healy and Melville 2018, section 3.2 and algorithm 5), an epoch at a
/// time: edges pull their ends together as often as their weight says, random points push. The reference
/// moves points one after another, so that its result depends on the order of threads; here the points are in
/// groups, and those of a group move at the same time, each seeing all others where the previous groups left
/// them. Random numbers are keyed by seed, epoch and point. So the same seed gives the same map, bit for bit,
/// on any number of threads. Lives in one thread; epochs use several.
class Umap {
  public:
    /// `start` has a point per node of the graph.
    Umap(FuzzyGraph graph, MapPoints start, const UmapOptions &options);

    /// Does the next epoch; false if all are done.
    bool step();
    int epoch() const { return m_epoch; } ///< done
    int epochs() const { return m_epochs; }
    const MapPoints &points() const { return m_points; }
    /// Exchanges the graph by one of the same nodes, such as one of better neighbours, and starts with the
    /// first epoch again from where the points are.
    void restart(FuzzyGraph graph, int epochs);

  private:
    void moveGroup(std::size_t group);
    MapPoint moved(std::size_t node) const;
    void pull(MapPoint &point, const MapPoint &other) const;
    void push(MapPoint &point, std::size_t node, RandomStream &random) const;
    void move(MapPoint &point, const MapPoint &other, float force) const;
    void setGraph(FuzzyGraph graph);

    FuzzyGraph m_graph;
    MapPoints m_points;
    MapPoints m_moved; ///< of the current group
    UmapOptions m_options;
    float m_a;
    float m_b;
    float m_rate = 1;      ///< of the current epoch
    float m_strongest = 1; ///< largest weight of an edge
    int m_epochs;
    int m_epoch = 0;
    std::uint32_t m_allEpochs = 0; ///< also of earlier graphs: the key of random numbers
};

/// 500 up to 10,000 images, otherwise 200.
int usualUmapEpochs(std::size_t images);

/// `points` moved and scaled so that the largest coordinate is ±10, with noise of 10⁻⁴, so that equal points
/// can part: the start of Umap.
MapPoints umapStart(MapPoints points, std::uint64_t seed);

} // namespace simclr
