// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <array>
#include <cstdint>

namespace simclr {

/// What is kept of an image to find near-duplicates of it: 208 bytes, whatever its size.
struct PictureSketch {
    static constexpr int side = 8; ///< of the small picture, pixels

    /// Perceptual hash: a bit for each of 64 low frequencies of the grey image at 32 × 32 pixels, set if its
    /// coefficient of the discrete cosine transform is above their median. The constant term, which is only
    /// the brightness, is left out. See Zauner, Implementation and benchmarking of perceptual image hash
    /// functions, 2010.
    std::uint64_t hash = 0;
    /// A hash of all pixels and the size: equal for equal images, practically unique otherwise.
    std::uint64_t pixels = 0;
    /// The image at 8 × 8 pixels, RGB.
    std::array<std::uint8_t, std::size_t{side} * side * Image::channels> colors{};
};

/// `image` is not empty. The whole image counts: another crop has another sketch.
PictureSketch sketchOf(const Image &image);

/// Normalised cross-correlation of the small pictures, in [−1, 1], with the mean of each channel subtracted.
/// Two uniform pictures: 1 if their colours are equal to within a few levels, otherwise 0; one: 0.
double sketchSimilarity(const PictureSketch &one, const PictureSketch &other);

} // namespace simclr
