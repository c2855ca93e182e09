// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/warp.h"

#include <array>

namespace simclr {

/// How a picture is moved about its middle: sheared, turned and scaled first, then shifted. Angles are in
/// degrees, clockwise, at most 180 either way, shears less than 90; shifts are in pixels to the right and
/// downwards; the scale is positive, above 1 it enlarges. The parametrisation of torchvision's F.affine
/// (F.rotate counts its angle the other way around).
struct AffineMove {
    double angle = 0;
    double shiftX = 0;
    double shiftY = 0;
    double scale = 1;
    double shearX = 0;
    double shearY = 0;
};

/// The projection by which a picture of width × height is moved so. Its coefficients lie on a grid of 2⁻²⁴,
/// so that the last bits of the machine's sines do not matter. No move gives the identity.
Projection affineProjection(const AffineMove &move, int width, int height);

/// A pixel of a picture, counted from its left upper one.
struct PixelPoint {
    int x = 0;
    int y = 0;
    bool operator==(const PixelPoint &) const = default;
};

/// Left upper, right upper, right lower, left lower.
using Corners = std::array<PixelPoint, 4>;

/// Where the corners of a picture of width × height are.
Corners cornersOf(int width, int height);

/// The projection that moves the corners of a picture of width × height to `corners`, as torchvision's
/// F.perspective with these end points. The identity where none exists: three corners on one line, or a
/// picture only one pixel wide or high.
Projection perspectiveProjection(const Corners &corners, int width, int height);

} // namespace simclr
