// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace simclr {

/// The place of an image on a map; the axes have no unit.
struct MapPoint {
    float x = 0;
    float y = 0;

    bool operator==(const MapPoint &) const = default;
};

/// One per row of a FeatureTable.
using MapPoints = std::vector<MapPoint>;

} // namespace simclr
