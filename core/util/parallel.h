// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/core_count.h"

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace simclr {

/// Calls task(i) for every i below `count` from `threads` threads (0: one per core), in no particular order.
/// The first exception stops the rest and is rethrown here.
inline void parallelFor(std::size_t count, int threads, const std::function<void(std::size_t)> &task) {
    std::atomic<std::size_t> nextIndex = 0;
    std::atomic<bool> failed = false;
    std::exception_ptr failure;
    std::mutex failureLock;
    const auto work = [&] {
        for (std::size_t i = nextIndex++; i < count && !failed; i = nextIndex++) {
            try {
                task(i);
            } catch (...) {
                const std::lock_guard lock(failureLock);
                if (!failed.exchange(true))
                    failure = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        const int wanted = threads > 0 ? threads : coreCount();
        for (int i = 1; i < wanted && static_cast<std::size_t>(i) < count; ++i)
            helpers.emplace_back(work);
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace simclr
