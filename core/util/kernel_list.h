// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace simclr {

/// The value of `key` in one of the kernel's lists of "key: number kB" (/proc/meminfo,
/// /proc/self/status), in bytes; 0 if there is none.
inline std::uint64_t listedBytes(const char *file, const std::string &key) {
    std::ifstream list(file);
    for (std::string line; std::getline(list, line);)
        if (line.starts_with(key + ":"))
            return std::stoull(line.substr(key.size() + 1)) * 1024;
    return 0;
}

} // namespace simclr
