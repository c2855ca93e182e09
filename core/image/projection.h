// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/warp.h"

#include <array>

namespace simclr {

/// An affine transform of an image about its centre: shear, rotation and scale first, then a shift. Angles
/// are in degrees, clockwise, from −180 to 180, shears within ±90; shifts are in pixels to the right and
/// downwards; the scale is positive, above 1 it enlarges. The parametrisation of torchvision's F.affine
/// (F.rotate has the opposite sense of rotation).
struct AffineMove {
    double angle = 0;
    double shiftX = 0;
    double shiftY = 0;
    double scale = 1;
    double shearX = 0;
    double shearY = 0;
};

/// The projection of this transform for an image of width × height. Its coefficients are rounded to multiples
/// of 2⁻²⁴, so that the last bits of the machine's sines do not matter. The default transform gives the
/// identity.
Projection affineProjection(const AffineMove &move, int width, int height);

/// A pixel of an image, relative to the top left one.
struct PixelPoint {
    int x = 0;
    int y = 0;
    bool operator==(const PixelPoint &) const = default;
};

/// Top left, top right, bottom right, bottom left.
using Corners = std::array<PixelPoint, 4>;

/// The corners of an image of width × height.
Corners cornersOf(int width, int height);

/// The projection that moves the corners of an image of width × height to `corners`, as torchvision's
/// F.perspective with these end points. The identity if none exists: three corners on one line, or an image
/// only one pixel wide or high.
Projection perspectiveProjection(const Corners &corners, int width, int height);

} // namespace simclr
