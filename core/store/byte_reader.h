// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/damaged_record.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace simclr {

/// Reads stored bytes from front to back. Throws DamagedRecord where they end too early.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    std::size_t left() const { return m_rest.size(); }

    std::uint8_t byte() { return static_cast<std::uint8_t>(take(1).front()); }
    std::uint32_t word32() { return static_cast<std::uint32_t>(littleEndian(4)); }
    std::uint64_t word64() { return littleEndian(8); }

    /// Seven bits a byte, the lowest first; the highest bit says that another byte follows (LEB128).
    std::uint64_t varint() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint64_t part = byte();
            number |= (part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }
        throw DamagedRecord("it contains a number of more than 64 bits");
    }

  private:
    std::uint64_t littleEndian(unsigned width) {
        std::uint64_t number = 0;
        unsigned shift = 0;
        for (const char part : take(width)) {
            number |= std::uint64_t{static_cast<std::uint8_t>(part)} << shift;
            shift += 8;
        }
        return number;
    }

    std::string_view take(std::size_t count) {
        if (count > m_rest.size())
            throw DamagedRecord("it is truncated");
        const std::string_view taken = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return taken;
    }

    std::string_view m_rest;
};

} // namespace simclr
