// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace simclr {

/// The image rotated counterclockwise by `quarters` × 90°, with `quarters` 1, 2 or 3; every pixel is kept. An
/// odd number of quarters swaps width and height. `target` must be another image.
void turned(const Image &source, int quarters, Image &target);

} // namespace simclr
