// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/steady_time.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace simclr {

namespace {

double ticks() {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace

double wallTime() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

SteadyTime::SteadyTime(double notBefore) : m_begin(std::max(wallTime(), notBefore)), m_beginTicks(ticks()) {}

double SteadyTime::now() const {
    return m_begin + (ticks() - m_beginTicks);
}

} // namespace simclr
