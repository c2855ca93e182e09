// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/feature_table.h"
#include "core/layout/map_points.h"
#include "core/layout/neighbours.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace simclr {

enum class MapMethod {
    Pca,  ///< "pca": the first two principal components
    Umap, ///< "umap": McInnes, Healy and Melville 2018
};

const std::string &nameOf(MapMethod method);
/// Throws InvalidInput for an unknown name.
MapMethod mapMethodFromName(const std::string &name);

struct MapOptions {
    MapMethod method = MapMethod::Umap;
    std::size_t neighbours = 15; ///< with the image itself, as umap-learn counts; at least 2
    double minDist = 0.1;        ///< smallest distance of neighbours on the map, in [0, 1]
    int epochs = 0;              ///< 0: 500 up to 10,000 images, otherwise 200
    FeatureDistance distance = FeatureDistance::Cosine;
    std::uint64_t seed = 0;
    int threads = 0; ///< 0: one per core; has no effect on the result
    /// Where UMAP starts, such as the map of the checkpoint before; empty: at the principal components.
    MapPoints start;
};

/// A map on its way.
struct MapProgress {
    const MapPoints &points; ///< valid during the call
    double done = 0;         ///< fraction of the work, in [0, 1]; 1 for the final map
};

/// A map of the rows of a table: first their principal components (or `start`), then UMAP. `progress`
/// receives each picture, PCA first. From there, UMAP begins to move when a random part of the rows has been
/// searched for neighbours; it settles with the exact ones. The same options give the same points, bit for
/// bit, on any number of threads. Runs in the calling thread with the help of others. Returns nothing if
/// `stop` was requested. Throws InvalidInput if the table is empty or not finite, or `start` has another
/// length.
std::optional<MapPoints> makeMap(const FeatureTable &table, const MapOptions &options,
                                 const std::stop_token &stop,
                                 const std::function<void(const MapProgress &)> &progress);

} // namespace simclr
