// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/memory_ceiling.h"

#include "core/util/kernel_list.h"

#include <algorithm>
#include <cstdint>

namespace simclr {

MemoryCeiling::MemoryCeiling(bool wanted) {
    if (!wanted)
        return;
    const std::uint64_t available = listedBytes("/proc/meminfo", "MemAvailable");
    const std::uint64_t taken = listedBytes("/proc/self/status", "VmData"); // what RLIMIT_DATA counts
    if (available == 0 || taken == 0 || ::getrlimit(RLIMIT_DATA, &m_before) != 0)
        return;
    rlimit limit = m_before;
    limit.rlim_cur = std::min<rlim_t>(m_before.rlim_cur, taken + available - available / 20);
    m_isSet = ::setrlimit(RLIMIT_DATA, &limit) == 0;
}

MemoryCeiling::~MemoryCeiling() {
    if (m_isSet)
        ::setrlimit(RLIMIT_DATA, &m_before);
}

} // namespace simclr
