// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace simclr {

/// Round numbers between `low` and `high`, low < high, at equal distances: at most `most`, as many as a
/// distance of 1, 2 or 5 times a power of ten allows.
std::vector<double> axisTicks(double low, double high, int most);

} // namespace simclr
