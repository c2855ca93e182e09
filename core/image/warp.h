// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <array>

namespace simclr {

/// The source coordinates of the pixels of a warped image: the target pixel whose centre is (x + ½, y + ½)
/// shows the source at ((a X + b Y + c) / w, (d X + e Y + f) / w) with X, Y the target's centre and w = g X +
/// h Y + 1. All of them are finite.
struct Projection {
    double a = 1, b = 0, c = 0;
    double d = 0, e = 1, f = 0;
    double g = 0, h = 0;
};

enum class Interpolation { Nearest, Bilinear };

using Color = std::array<std::uint8_t, 3>;

/// Warps `source` by `projection` into `target`, which gets the size of the source and must be another image.
/// `fill` is used for pixels outside the source; within half a pixel of the edge the outermost pixels are
/// used alone, without blending with the fill. The identity gives the source byte for byte. As PIL's
/// Image.transform: equal for nearest-neighbour sampling, and within one level of it for interpolation,
/// because PIL truncates where this rounds. Computed in integer arithmetic after the coordinates, so that
/// every processor gives the same bytes.
void warped(const Image &source, const Projection &projection, Interpolation interpolation, const Color &fill,
            Image &target);

} // namespace simclr
