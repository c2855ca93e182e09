// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// ln B(a, b) for a, b > 0. One of them may be as large as 1e8; then the other must be below about 100, so
/// that nothing cancels.
double logBeta(double a, double b);

/// The regularised incomplete beta function I_x(a, b) for a, b > 0, with the limits of logBeta().
/// `complement` is 1 − x: passed separately, because x near 1 would lose it.
double regularisedBeta(double a, double b, double x, double complement);

} // namespace simclr
