// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/encoded_files.h"

#include <algorithm>
#include <initializer_list>
#include <sys/stat.h>

namespace simclr {

namespace {

/// One round of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

} // namespace

FileStamp stampOf(const struct stat &status) {
    std::uint64_t hash = 1;
    for (const auto part : std::initializer_list<std::int64_t>{
             static_cast<std::int64_t>(status.st_ino), status.st_size, status.st_mtim.tv_sec,
             status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec})
        hash = mixed(hash ^ static_cast<std::uint64_t>(part));
    return {std::max<std::uint64_t>(hash, 1)};
}

FileStamp stampOf(const std::filesystem::path &path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? stampOf(status) : FileStamp{};
}

} // namespace simclr
