// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/memory_ceiling.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>

namespace simclr {

namespace {

/// The number behind `key` in one of the kernel's lists, in bytes; 0 where there is none.
std::uint64_t listedBytes(const char *file, const std::string &key) {
    std::ifstream list(file);
    for (std::string line; std::getline(list, line);)
        if (line.starts_with(key + ":"))
            return std::stoull(line.substr(key.size() + 1)) * 1024;
    return 0;
}

} // namespace

MemoryCeiling::MemoryCeiling() {
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
