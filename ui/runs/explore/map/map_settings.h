// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embed/representation_map.h"
#include "core/results/protocol.h"

#include <QString>

namespace simclr::ui {

enum class MapColouring { Class, Split, Prediction, Correctness, Column };

/// Which maps there are.
enum class MapSides {
    H,   ///< of h, of each run
    Z,   ///< of z, of each run
    Both ///< of h and z of the first run
};

/// What the controls of the maps choose. A plain value.
struct MapSettings {
    QString split = QStringLiteral("test"); ///< as FeatureRequest::split
    MapMethod method = MapMethod::Umap;
    MapSides sides = MapSides::H;
    MapColouring colouring = MapColouring::Class;
    QString column;      ///< of the images or of a CSV file, for MapColouring::Column
    int neighbours = 15; ///< of UMAP, with the image itself
    double minDist = 0.1;
    int seed = 0;

    /// From the settings of the program.
    static MapSettings recall();
    void remember() const;
    /// Whether a map by the other settings has the same points.
    bool isSameMap(const MapSettings &other) const;
};

} // namespace simclr::ui
