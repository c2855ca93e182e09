// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/random/random.h"

#include <cstddef>

namespace simclr {

/// What random numbers of a map are for.
enum class MapDraw : std::uint16_t {
    Forces = 0, ///< which points push, by epoch and point
    Order = 1,  ///< the order of a search for neighbours
    Start = 2,  ///< noise of the first positions, by point
    Vectors = 3 ///< the first vectors of an orthogonal iteration
};

/// The random numbers of a map with this seed.
inline RandomStream mapRandom(std::uint64_t seed, MapDraw draw, std::uint32_t epoch = 0,
                              std::size_t node = 0) {
    return RandomStream(
        {seed, Purpose::Map, epoch, static_cast<std::uint32_t>(node), static_cast<std::uint16_t>(draw)});
}

} // namespace simclr
