// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/crc32c.h"

#include <array>

namespace simclr {

namespace {

constexpr std::uint32_t reversedPolynomial = 0x82F63B78;
constexpr std::uint32_t maskOffset = 0xA282EAD8;

constexpr std::array<std::uint32_t, 256> makeTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t remainder = byte;
        for (int bit = 0; bit < 8; ++bit)
            remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? reversedPolynomial : 0);
        table[byte] = remainder;
    }
    return table;
}

constexpr auto table = makeTable();

} // namespace

std::uint32_t crc32c(std::string_view bytes) {
    std::uint32_t crc = ~0u;
    for (const char byte : bytes)
        crc = (crc >> 8) ^ table[(crc ^ static_cast<unsigned char>(byte)) & 0xFF];
    return ~crc;
}

std::uint32_t maskedCrc32c(std::string_view bytes) {
    const std::uint32_t crc = crc32c(bytes);
    return ((crc >> 15) | (crc << 17)) + maskOffset;
}

} // namespace simclr
