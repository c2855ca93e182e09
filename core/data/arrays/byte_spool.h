// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/arrays/byte_source.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace simclr {

/// Where unpacked bytes are kept.
struct SpoolPlace {
    std::uintmax_t memoryLimit = 0;
    std::filesystem::path folder = {}; ///< for the temporary file; empty: that of the system
};

/// Collects unpacked bytes: in memory up to a limit, beyond it in a temporary file without a name, which the
/// system deletes when it is closed, however the program ends.
class ByteSpool {
  public:
    /// Throws IoError if `expected` bytes need a temporary file and its disk has no room for them.
    ByteSpool(const SpoolPlace &place, std::uint64_t expected);
    ~ByteSpool();
    ByteSpool(const ByteSpool &) = delete;
    ByteSpool &operator=(const ByteSpool &) = delete;

    /// Throws IoError if the temporary file cannot be written.
    void append(std::string_view bytes);
    std::uint64_t size() const { return m_size; }
    /// All bytes. Call it once, last.
    ByteSourcePtr finish();

  private:
    void write(std::string_view bytes);
    void moveToFile();

    std::uintmax_t m_memoryLimit;
    std::filesystem::path m_folder;
    std::uint64_t m_size = 0;
    std::string m_memory;
    int m_descriptor = -1;
};

} // namespace simclr
