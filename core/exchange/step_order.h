// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstddef>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace simclr {

/// Calls `visit(curve, point)` for every point of all curves in the order of their steps, and within a step
/// in the order of the curves. `curves` are pointers to lists that are in the order of their steps; `curve`
/// is a place among them.
template <typename Visit>
void inStepOrder(const std::vector<const std::vector<MetricPoint> *> &curves, Visit visit) {
    using Next = std::pair<std::int64_t, std::size_t>; // step, curve
    std::priority_queue<Next, std::vector<Next>, std::greater<>> waiting;
    std::vector<std::size_t> at(curves.size());
    const auto wait = [&](std::size_t curve) {
        if (at[curve] < curves[curve]->size())
            waiting.emplace((*curves[curve])[at[curve]].step, curve);
    };
    for (std::size_t curve = 0; curve < curves.size(); ++curve)
        wait(curve);
    while (!waiting.empty()) {
        const std::size_t curve = waiting.top().second;
        waiting.pop();
        visit(curve, (*curves[curve])[at[curve]++]);
        wait(curve);
    }
}

} // namespace simclr
