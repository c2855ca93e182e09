// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace simclr {

/// Extrapolates from the smoothed `source` to `source` by `factor`, from 0 to 100, into `target`, which must
/// be another image: 0 gives the smoothed image (3 × 3 neighbours, the centre weighted five times the others,
/// as PIL's SMOOTH), 1 gives the source byte for byte, larger values sharpen. The border pixels are
/// unchanged, as in PIL's ImageEnhance.Sharpness; results are rounded where PIL truncates, hence up to one
/// level above.
void sharpened(const Image &source, double factor, Image &target);

} // namespace simclr
