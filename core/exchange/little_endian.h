// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace simclr {

/// The number in the first bytes, lowest byte first. `bytes` contains at least sizeof(Number).
template <std::unsigned_integral Number>
Number littleEndian(std::string_view bytes) {
    Number number = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;)
        number = static_cast<Number>((number << 8) | static_cast<unsigned char>(bytes[i]));
    return number;
}

template <std::unsigned_integral Number>
void appendLittleEndian(std::string &bytes, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}

} // namespace simclr
