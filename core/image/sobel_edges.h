// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace simclr {

/// Blends each level of `image` with how steeply the levels of `source`, another picture of the same size,
/// change there in the same channel, by Sobel's filters: √(gx² + gy²) rounded and clipped to 255, where gx
/// and gy are the sums with the weights (1 2 1) across and (−1 0 1) along, not divided by anything, so that a
/// step of 64 levels is already white. Edges are repeated. At the `strength` 0 the image stays as it is, at 1
/// nothing is left of it.
void blendWithSobel(Image &image, const Image &source, double strength);

} // namespace simclr
