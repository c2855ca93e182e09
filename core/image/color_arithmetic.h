// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of colour jitter, as in PIL's ImageEnhance and HSV. Computed in integer arithmetic and
// rounded, hence up to one level above PIL, which truncates.
#pragma once

#include "core/image/image.h"

#include <array>
#include <vector>

namespace simclr {

/// The three planes of an image, one after the other, while its colours are changed.
struct Planes {
    std::vector<std::uint8_t> levels;
    std::size_t pixels = 0;
    std::array<std::uint8_t *, Image::channels> plane{};

    void split(const Image &image);
    void joinInto(Image &image) const;
};

/// Multiplies every level by `factor`; 1 changes nothing. Factors are from 0 to 10.
void changeBrightness(Planes &planes, double factor);

/// Multiplies the distances from the mean grey level by `factor`; 1 changes nothing.
void changeContrast(Planes &planes, double factor);

/// Multiplies the distances from each pixel's own grey level by `factor`; 1 changes nothing.
void changeSaturation(Planes &planes, double factor);

/// Rotates the hue by `turn` of a full circle, in 256 steps; 0 changes nothing.
void changeHue(Planes &planes, double turn);

/// One of those above.
using ColorChange = void (*)(Planes &planes, double amount);

/// Applies one change to a whole image.
void changeColors(Image &image, ColorChange change, double amount);

} // namespace simclr
