// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/parallel.h"

#include <algorithm>

namespace simclr {

/// Calls task(i) for all i below `count` on `threads` threads (0: one per core), in blocks: for tasks too
/// short for parallelFor().
template <typename Task>
void forEachRow(std::size_t count, int threads, Task task) {
    constexpr std::size_t rowsAtOnce = 256;
    parallelFor((count + rowsAtOnce - 1) / rowsAtOnce, threads, [&](std::size_t block) {
        const std::size_t end = std::min(count, (block + 1) * rowsAtOnce);
        for (std::size_t i = block * rowsAtOnce; i < end; ++i)
            task(i);
    });
}

} // namespace simclr
