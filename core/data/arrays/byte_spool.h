// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/arrays/byte_source.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace simclr {

/// Collects unpacked bytes: in memory up to a limit, beyond it in a temporary file without a name, which the
/// system deletes when it is closed, however the program ends.
class ByteSpool {
  public:
    explicit ByteSpool(std::uintmax_t memoryLimit) : m_memoryLimit(memoryLimit) {}
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
    std::uint64_t m_size = 0;
    std::string m_memory;
    int m_descriptor = -1;
};

} // namespace simclr
