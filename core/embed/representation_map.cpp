// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/representation_map.h"

#include "core/embed/nearest_rows.h"
#include "core/embed/principal_plane.h"
#include "core/layout/umap.h"
#include "core/util/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace simclr {

namespace {

/// Of the first neighbours only; the final graph is then given all epochs.
constexpr int epochsOfFirstGraphs = 10;
constexpr double searchShare = 0.4; ///< of the time, of the search for neighbours; only for the progress

using Progress = std::function<void(const MapProgress &)>;

/// One UMAP from the first picture to the last.
class MapCourse {
  public:
    MapCourse(const FeatureTable &table, const MapOptions &options, MapPoints start,
              const std::stop_token &stop, const Progress &progress)
        : m_options(options),
          m_search(table, {std::max<std::size_t>(options.neighbours, 2) - 1, options.distance, options.seed,
                           options.threads}),
          m_points(std::move(start)),
          m_stop(stop),
          m_progress(progress) {}

    std::optional<MapPoints> run() {
        if (!searchAndMove() || !settle())
            return std::nullopt;
        return m_umap ? m_umap->points() : m_points;
    }

  private:
    /// The search is in steps, of which the first ones are the longest; after 1, 2, 4, … of them the map
    /// moves.
    bool searchAndMove() {
        while (m_search.step()) {
            if (m_stop.stop_requested())
                return false;
            const auto done = static_cast<unsigned>(m_search.stepsDone());
            const bool isLast = m_search.stepsDone() == m_search.steps();
            if (movesEarly() && !isLast && std::has_single_bit(done) && !moveAlong(epochsOfFirstGraphs))
                return false;
        }
        return true;
    }

    /// A map that starts at an earlier one would lose it by neighbours from a part of the rows.
    bool movesEarly() const { return m_options.start.empty(); }

    bool settle() {
        if (m_search.steps() == 0)
            return !m_stop.stop_requested(); // one image has no neighbours
        m_settling = true;
        return moveAlong(m_options.epochs > 0 ? m_options.epochs : usualUmapEpochs(m_points.size()));
    }

    bool moveAlong(int epochs) {
        useGraph(fuzzyGraph(m_search.table(), m_options.threads), epochs);
        while (!m_stop.stop_requested()) {
            if (!m_umap->step())
                return true;
            m_progress({m_umap->points(), fraction()});
        }
        return false;
    }

    void useGraph(FuzzyGraph graph, int epochs) {
        if (m_umap) {
            m_umap->restart(std::move(graph), epochs);
            return;
        }
        UmapOptions options;
        options.epochs = epochs;
        options.minDist = m_options.minDist;
        options.seed = m_options.seed;
        options.threads = m_options.threads;
        m_umap.emplace(std::move(graph), m_points, options);
    }

    double fraction() const {
        const double left = 1 - double(m_search.stepsDone()) / m_search.steps();
        const double searched = 1 - left * left; // the rest of the triangle
        const double settled = m_settling ? double(m_umap->epoch()) / m_umap->epochs() : 0;
        return searchShare * searched + (1 - searchShare) * settled;
    }

    const MapOptions &m_options;
    NeighbourSearch m_search;
    MapPoints m_points; ///< the start
    std::optional<Umap> m_umap;
    bool m_settling = false;
    const std::stop_token &m_stop;
    const Progress &m_progress;
};

MapPoints startOf(const FeatureTable &table, const MapOptions &options) {
    if (options.start.empty())
        return umapStart(principalPlane(table, options.threads).points, options.seed);
    if (options.start.size() != table.rows())
        throw InvalidInput("a map of " + std::to_string(table.rows()) + " images cannot start with " +
                           std::to_string(options.start.size()) + " points");
    return options.start;
}

} // namespace

const std::string &nameOf(MapMethod method) {
    static const std::array<std::string, 2> names{"pca", "umap"};
    return names.at(static_cast<std::size_t>(method));
}

MapMethod mapMethodFromName(const std::string &name) {
    for (const MapMethod method : {MapMethod::Pca, MapMethod::Umap})
        if (nameOf(method) == name)
            return method;
    throw InvalidInput("unknown method \"" + name + "\"; use pca or umap");
}

std::optional<MapPoints> makeMap(const FeatureTable &table, const MapOptions &options,
                                 const std::stop_token &stop, const Progress &progress) {
    requireUsable(table);
    if (stop.stop_requested())
        return std::nullopt;
    const bool isPca = options.method == MapMethod::Pca;
    MapPoints points = isPca ? principalPlane(table, options.threads).points : startOf(table, options);
    progress({points, isPca ? 1.0 : 0.0});
    if (isPca)
        return points;
    return MapCourse(table, options, std::move(points), stop, progress).run();
}

} // namespace simclr
