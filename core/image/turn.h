// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace simclr {

/// The picture turned counterclockwise by `quarters` × 90°, which is 1, 2 or 3; every pixel is kept. After an
/// odd number of quarters width and height have changed places. `target` must be another image.
void turned(const Image &source, int quarters, Image &target);

} // namespace simclr
