// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace simclr {

/// `value` with this number of decimals, halves rounded away from zero: the one rule for every number shown,
/// in the window and on the command line. A decimal half counts as a half, although 29.85 is slightly smaller
/// in binary.
inline double roundedTo(double value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    const double scaled = std::abs(value) * scale;
    const double rounded = std::floor(scaled * (1 + 1e-12) + 0.5) / scale;
    return rounded == 0 ? 0 : std::copysign(rounded, value); // no "-0"
}

} // namespace simclr
