// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace simclr {

/// Seconds of a monotonic clock, since some moment in the past.
inline double secondsNow() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace simclr
