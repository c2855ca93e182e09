// SPDX-License-Identifier: GPL-3.0-or-later
// Changes that look at each level by itself: what PIL's ImageOps do, byte for byte.
#pragma once

#include "core/image/image.h"

#include <array>

namespace simclr {

/// What becomes of each level.
using LevelTable = std::array<std::uint8_t, 256>;

/// How many pixels have each level.
using Histogram = std::array<std::uint32_t, 256>;

/// The histograms of red, green and blue.
std::array<Histogram, Image::channels> histograms(const Image &image);

/// Looks every level up in the table of its channel.
void mapLevels(Image &image, const std::array<LevelTable, Image::channels> &tables);

/// Inverts the levels from `threshold` on; 256 changes nothing, 0 inverts all.
void solarize(Image &image, double threshold);

/// Keeps the highest `bits` of each level's eight, 1 to 8, and clears the others; 8 changes nothing.
void posterize(Image &image, int bits);

/// 255 − level.
void invert(Image &image);

/// Spreads each channel's levels so that equally many pixels have each. A channel of one level, and one of a
/// picture too small for it, stays as it is.
void equalize(Image &image);

/// Stretches each channel so that its darkest level becomes 0 and its lightest 255. Before, `cutoff` % of the
/// pixels, from 0 to 50, are left out at either end. A channel of one level stays as it is.
void autocontrast(Image &image, double cutoff = 0);

} // namespace simclr
