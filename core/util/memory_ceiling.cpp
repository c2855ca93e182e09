// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/memory_ceiling.h"

#include "core/util/kernel_list.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <sys/resource.h>

namespace simclr {

namespace {

struct Ceilings {
    std::mutex mutex;
    int count = 0;
    rlimit before{}; ///< the limit before the first ceiling
};

Ceilings &ceilings() {
    static Ceilings all;
    return all;
}

/// Total memory that the process may use; 0 if the system does not report it.
std::uint64_t bytesWithinReach() {
    const std::uint64_t available = listedBytes("/proc/meminfo", "MemAvailable");
    const std::uint64_t swap = listedBytes("/proc/meminfo", "SwapFree");
    const std::uint64_t taken = listedBytes("/proc/self/status", "VmData"); // what RLIMIT_DATA counts
    return available == 0 || taken == 0 ? 0 : taken + swap + available - available / 20;
}

} // namespace

MemoryCeiling::MemoryCeiling(bool wanted) {
    const std::uint64_t reach = wanted ? bytesWithinReach() : 0;
    if (reach == 0)
        return;
    Ceilings &all = ceilings();
    const std::scoped_lock lock(all.mutex);
    if (all.count == 0 && ::getrlimit(RLIMIT_DATA, &all.before) != 0)
        return;
    rlimit limit = all.before;
    limit.rlim_cur = std::min<rlim_t>(all.before.rlim_cur, reach);
    m_isSet = ::setrlimit(RLIMIT_DATA, &limit) == 0;
    all.count += m_isSet ? 1 : 0;
}

MemoryCeiling::~MemoryCeiling() {
    if (!m_isSet)
        return;
    Ceilings &all = ceilings();
    const std::scoped_lock lock(all.mutex);
    if (--all.count == 0)
        ::setrlimit(RLIMIT_DATA, &all.before);
}

} // namespace simclr
