// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error.h"

#include <charconv>
#include <cstdint>
#include <string_view>

namespace simclr {

/// Reads the bytes of a pickle in order. Every function throws InvalidInput if they end too early.
class PickleInput {
  public:
    explicit PickleInput(std::string_view bytes) : m_bytes(bytes) {}

    std::size_t position() const { return m_at; }

    std::string_view take(std::uint64_t count) {
        if (m_bytes.size() - m_at < count)
            throw InvalidInput("its description of the tensors is truncated");
        const std::string_view taken = m_bytes.substr(m_at, count);
        m_at += count;
        return taken;
    }

    /// Without its end of line.
    std::string_view takeLine() {
        const std::size_t end = m_bytes.find('\n', m_at);
        const std::string_view line = take((end == std::string_view::npos ? m_bytes.size() : end) - m_at);
        take(1);
        return line;
    }

    /// Little-endian, in `count` ≤ 8 bytes.
    std::uint64_t takeUnsigned(std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; const char byte : take(count))
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << (8 * i++);
        return value;
    }

    /// Two's complement, in `count` ≤ 8 bytes.
    std::int64_t takeSigned(std::size_t count) {
        if (count == 0)
            return 0;
        const auto shift = static_cast<int>(64 - 8 * count);
        return static_cast<std::int64_t>(takeUnsigned(count) << shift) >> shift;
    }

    /// A line with a natural number.
    std::uint64_t takeDecimal() {
        const std::string_view line = takeLine();
        std::uint64_t value = 0;
        const auto read = std::from_chars(line.data(), line.data() + line.size(), value);
        if (read.ec != std::errc() || read.ptr != line.data() + line.size())
            throw InvalidInput("its description of the tensors is damaged");
        return value;
    }

  private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
};

} // namespace simclr
