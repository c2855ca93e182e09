// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/data_uri.h"

#include "core/image/png_bytes.h"

#include <algorithm>
#include <cstdint>

namespace simclr {

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= count ? digits[group >> (18 - 6 * i) & 63u] : '=';
    }
    return text;
}

std::string dataUri(const Image &image) {
    return "data:image/png;base64," + base64(pngBytes(image));
}

} // namespace simclr
