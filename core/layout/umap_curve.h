// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// The similarity of two points of a map at the distance x: 1 / (1 + a x^(2b)).
struct UmapCurve {
    double a = 1.576943460405378;
    double b = 0.8950608781227859;
};

/// The curve nearest, by least squares at 300 distances in [0, 3 · spread], to one that is 1 up to `minDist`
/// and then falls as exp(−(x − minDist) / spread) (McInnes et al. 2018, definition 11). `minDist` in [0,
/// spread], `spread` > 0. The default members are those of 0.1 and 1.
UmapCurve fitUmapCurve(double minDist, double spread);

} // namespace simclr
