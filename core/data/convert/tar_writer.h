// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/atomic_file.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace simclr {

/// Writes a tar archive (POSIX.1-1988 ustar) of regular files without owners and times, so that equal members
/// give equal archives. Every function throws IoError.
class TarWriter {
  public:
    explicit TarWriter(const std::filesystem::path &path) : m_file(path) {}

    /// `name` has at most 100 bytes, `bytes` less than 8 GiB.
    void add(const std::string &name, std::string_view bytes);
    std::uint64_t size() const { return m_size; }
    /// Call it once, last.
    void finish();

  private:
    void append(std::string_view bytes);

    AtomicFile m_file;
    std::uint64_t m_size = 0;
};

} // namespace simclr
