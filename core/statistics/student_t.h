// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// Student's t distribution ("Student" 1908) with `degrees` > 0 degrees of freedom, not necessarily a whole
/// number; infinity is the normal distribution. Everything is NaN for other degrees. The relative accuracy is
/// better than 1e-10.

/// P(T ≤ t)
double studentCdf(double t, double degrees);

/// P(|T| ≥ |t|): the p value of a two-sided test.
double studentTwoSided(double t, double degrees);

/// The t with P(T ≤ t) = p: ±∞ for p of 0 and 1, NaN outside [0, 1].
double studentQuantile(double p, double degrees);

} // namespace simclr
