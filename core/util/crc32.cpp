// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/crc32.h"

#include <array>

namespace simclr {

namespace {

constexpr std::array<std::uint32_t, 256> crcTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}

} // namespace

std::uint32_t crc32(std::string_view bytes) {
    static constexpr auto table = crcTable();
    std::uint32_t value = 0xFFFFFFFFu;
    for (const char byte : bytes)
        value = table[(value ^ static_cast<unsigned char>(byte)) & 0xFF] ^ (value >> 8);
    return ~value;
}

} // namespace simclr
