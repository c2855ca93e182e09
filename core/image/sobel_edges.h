// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace simclr {

/// Blends each level of `image` with the Sobel gradient magnitude of the same channel of `source`, another
/// image of the same size: √(gx² + gy²) rounded and clipped to 255, where gx and gy are the sums with the
/// weights (1 2 1) across and (−1 0 1) along, not normalised, so that a step of 64 levels is already white.
/// Edges are repeated. A `strength` of 0 leaves the image unchanged, 1 gives the gradient magnitude only.
void blendWithSobel(Image &image, const Image &source, double strength);

} // namespace simclr
