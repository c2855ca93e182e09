// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/holm.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace simclr {

std::vector<double> holmAdjusted(std::span<const double> p) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (!std::isnan(p[i]))
            order.push_back(i);
    std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.begin(), p.end());
    double largest = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        largest = std::max(largest, std::min(1.0, static_cast<double>(order.size() - k) * p[order[k]]));
        adjusted[order[k]] = largest;
    }
    return adjusted;
}

} // namespace simclr
