// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace simclr {

/// `value` with so many decimals, halves away from zero: the one rule for every number that a person reads,
/// in the window as on the command line. What is a half in decimals counts as one, although 29.85 is a little
/// less in binary.
inline double roundedTo(double value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    const double scaled = std::abs(value) * scale;
    const double rounded = std::floor(scaled * (1 + 1e-12) + 0.5) / scale;
    return rounded == 0 ? 0 : std::copysign(rounded, value); // no minus before nothing
}

} // namespace simclr
