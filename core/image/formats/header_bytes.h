// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"

#include <optional>
#include <string_view>

namespace simclr {

inline unsigned byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

/// The number in `count` bytes from `at`, which must exist, big-endian.
inline unsigned bigEndian(std::string_view bytes, std::size_t at, int count) {
    unsigned value = 0;
    for (int i = 0; i < count; ++i)
        value = (value << 8) | byteAt(bytes, at + static_cast<std::size_t>(i));
    return value;
}

/// The same, little-endian.
inline unsigned littleEndian(std::string_view bytes, std::size_t at, int count) {
    unsigned value = 0;
    for (int i = count; i-- > 0;)
        value = (value << 8) | byteAt(bytes, at + static_cast<std::size_t>(i));
    return value;
}

/// Nothing if an image cannot have this size.
inline std::optional<ImageSize> sizeOf(unsigned width, unsigned height) {
    constexpr unsigned largest = 1u << 30;
    if (width == 0 || height == 0 || width > largest || height > largest)
        return std::nullopt;
    return ImageSize{static_cast<int>(width), static_cast<int>(height)};
}

} // namespace simclr
