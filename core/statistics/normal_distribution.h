// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// P(Z ≤ z) for a standard normal Z.
double normalCdf(double z);

/// The z with P(Z ≤ z) = p, to an accuracy of 1e-13: ±∞ for p of 0 and 1, NaN outside [0, 1].
double normalQuantile(double p);

} // namespace simclr
