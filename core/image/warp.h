// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <array>

namespace simclr {

/// Where the pixels of a warped picture come from: the target pixel whose centre is (x + ½, y + ½) shows the
/// source at ((a X + b Y + c) / w, (d X + e Y + f) / w) with X, Y the target's centre and w = g X + h Y + 1.
/// All of them are finite.
struct Projection {
    double a = 1, b = 0, c = 0;
    double d = 0, e = 1, f = 0;
    double g = 0, h = 0;
};

enum class Interpolation { Nearest, Bilinear };

using Color = std::array<std::uint8_t, 3>;

/// Draws `source` through `projection` into `target`, which becomes as large as the source and must be
/// another image. What lies outside the source is `fill`; within half a pixel of the edge the outermost
/// pixels stand alone, nothing blends with the fill. The identity gives the source byte for byte.
/// As PIL's Image.transform: the same pixels where the nearest is taken, and at most one level from it
/// between pixels, because PIL cuts off what is rounded here. Computed in whole numbers behind the
/// coordinates, so that every processor gives the same bytes.
void warped(const Image &source, const Projection &projection, Interpolation interpolation, const Color &fill,
            Image &target);

} // namespace simclr
