// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/processor_load.h"

#include "core/util/clock.h"
#include "core/util/core_count.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace simclr {

namespace {

/// Processor seconds of all threads of this process so far.
double secondsUsed() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace

ProcessorLoad::ProcessorLoad() : m_since(secondsNow()), m_used(secondsUsed()) {}

double ProcessorLoad::share(double now) {
    constexpr double interval = 1;
    const double seconds = now - m_since;
    if (std::exchange(m_isKnown, true) && seconds < interval)
        return m_share;
    const double used = secondsUsed();
    m_share = seconds > 0 ? std::clamp((used - m_used) / (seconds * coreCount()), 0.0, 1.0) : 0;
    m_since = now;
    m_used = used;
    return m_share;
}

} // namespace simclr
