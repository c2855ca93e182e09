// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace simclr {

/// Moves `source` away from its smoothed self by `factor`, from 0 to 100, into `target`, which must be
/// another image: 0 gives the smoothed picture (3 × 3 neighbours, the middle one five times the others, as
/// PIL's SMOOTH), 1 gives the source byte for byte, more sharpens. The outermost pixels stay as they are, as
/// in PIL's ImageEnhance.Sharpness; results are rounded where that cuts off, hence up to one level above.
void sharpened(const Image &source, double factor, Image &target);

} // namespace simclr
