// SPDX-License-Identifier: GPL-3.0-or-later
// The two methods of cropResized(); see there.
#pragma once

#include "core/image/resample.h"

namespace simclr {

/// Bicubic, at any factor. `target` is not `source`.
void bicubic(const Image &source, const PixelRect &rect, int width, int height, Image &target);

/// Every target pixel is the mean of the area that it covers; rect is at least width × height.
void averageAreas(const Image &source, const PixelRect &rect, int width, int height, Image &target);

} // namespace simclr
