// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace simclr {

/// Round numbers between `low` and `high`, at equal distances: at most `most` + 1, as many as a distance of
/// 1, 2 or 5 times a power of ten allows. Empty if both are practically equal.
std::vector<double> axisTicks(double low, double high, int most);

/// The digits after the point that tell these ticks apart.
int tickDecimals(const std::vector<double> &ticks);

} // namespace simclr
