// SPDX-License-Identifier: GPL-3.0-or-later
// Point operations on levels: the same as PIL's ImageOps, byte for byte.
#pragma once

#include "core/image/image.h"

#include <array>

namespace simclr {

/// The new value of each level.
using LevelTable = std::array<std::uint8_t, 256>;

/// The number of pixels of each level.
using Histogram = std::array<std::uint32_t, 256>;

/// The histograms of red, green and blue.
std::array<Histogram, Image::channels> histograms(const Image &image);

/// Maps every level by the table of its channel.
void mapLevels(Image &image, const std::array<LevelTable, Image::channels> &tables);

/// Inverts the levels from `threshold` on; 256 changes nothing, 0 inverts all.
void solarize(Image &image, double threshold);

/// Keeps the highest `bits` of each level's eight, 1 to 8, and clears the others; 8 changes nothing.
void posterize(Image &image, int bits);

/// 255 − level.
void invert(Image &image);

/// Histogram equalisation of each channel. A channel of a single level, or of an image that is too small, is
/// unchanged.
void equalize(Image &image);

/// Stretches each channel so that its darkest level becomes 0 and its lightest 255, ignoring `cutoff` % of
/// the pixels (0 to 50) at either end. A channel of a single level is unchanged.
void autocontrast(Image &image, double cutoff = 0);

} // namespace simclr
