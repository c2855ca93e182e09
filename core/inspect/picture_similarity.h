// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <span>

namespace simclr {

/// The whole image at side × side pixels, without keeping its aspect ratio.
Image squeezed(const Image &image, int side);

/// Normalised cross-correlation of two RGB pictures of one size, given as bytes, in [−1, 1]; the mean of each
/// channel is subtracted, so that brightness and tint do not count. Two uniform pictures: 1 if the means of
/// their channels differ by at most 4 levels, otherwise 0. A uniform one and another: 0.
double correlation(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other);

/// An image as it is compared in the end: at 32 × 32 pixels, and its detail, which is what is left of that
/// when the mean of the 5 × 5 pixels around each is subtracted.
struct ComparedPicture {
    static constexpr int side = 32;     ///< pixels
    static constexpr int mostShift = 2; ///< in each direction, pixels

    ComparedPicture() = default;
    explicit ComparedPicture(const Image &source);

    Image image;
    Image detail;
};

/// The mean of two correlations, of the images and of their details, each the largest over all shifts, of the
/// part where both are. Two pictures of different things often have the same layout, such as a sky above a
/// sea, but not the same detail. 0 if the correlation of the images is below 0.75.
double similarityOf(const ComparedPicture &one, const ComparedPicture &other);

} // namespace simclr
