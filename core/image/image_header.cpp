// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes read from headers, so that a picture of absurd size is refused before any memory is taken for it.
#include "core/image/codec.h"

#include <cctype>
#include <charconv>

namespace simclr {

namespace {

using namespace std::string_view_literals;

unsigned byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

unsigned bigEndian(std::string_view bytes, std::size_t at, int count) {
    unsigned value = 0;
    for (int i = 0; i < count; ++i)
        value = (value << 8) | byteAt(bytes, at + static_cast<std::size_t>(i));
    return value;
}

unsigned littleEndian(std::string_view bytes, std::size_t at, int count) {
    unsigned value = 0;
    for (int i = count; i-- > 0;)
        value = (value << 8) | byteAt(bytes, at + static_cast<std::size_t>(i));
    return value;
}

std::optional<ImageSize> sizeOf(unsigned width, unsigned height) {
    constexpr unsigned largest = 1u << 30;
    if (width == 0 || height == 0 || width > largest || height > largest)
        return std::nullopt;
    return ImageSize{static_cast<int>(width), static_cast<int>(height)};
}

std::optional<ImageSize> pngSize(std::string_view bytes) {
    if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR"sv)
        return std::nullopt;
    return sizeOf(bigEndian(bytes, 16, 4), bigEndian(bytes, 20, 4));
}

bool isStartOfFrame(unsigned marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Walks the JPEG segments (ITU T.81, B.1.1) to the frame header.
std::optional<ImageSize> jpegSize(std::string_view bytes) {
    std::size_t at = 2;
    while (at + 9 < bytes.size()) {
        if (byteAt(bytes, at) != 0xFF)
            return std::nullopt;
        const unsigned marker = byteAt(bytes, at + 1);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (isStartOfFrame(marker))
            return sizeOf(bigEndian(bytes, at + 7, 2), bigEndian(bytes, at + 5, 2));
        const bool alone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
        at += 2 + (alone ? 0 : bigEndian(bytes, at + 2, 2));
    }
    return std::nullopt;
}

std::optional<ImageSize> bmpSize(std::string_view bytes) {
    if (bytes.size() < 26)
        return std::nullopt;
    if (littleEndian(bytes, 14, 4) == 12)
        return sizeOf(littleEndian(bytes, 18, 2), littleEndian(bytes, 20, 2));
    const unsigned height = littleEndian(bytes, 22, 4);
    return sizeOf(littleEndian(bytes, 18, 4), height > 0x7FFFFFFF ? 0u - height : height);
}

std::optional<ImageSize> webpSize(std::string_view bytes) {
    if (bytes.size() < 30)
        return std::nullopt;
    const std::string_view chunk = bytes.substr(12, 4);
    if (chunk == "VP8X"sv)
        return sizeOf(littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1);
    if (chunk == "VP8L"sv) {
        const unsigned packed = littleEndian(bytes, 21, 4);
        return sizeOf((packed & 0x3FFF) + 1, ((packed >> 14) & 0x3FFF) + 1);
    }
    if (chunk == "VP8 "sv)
        return sizeOf(littleEndian(bytes, 26, 2) & 0x3FFF, littleEndian(bytes, 28, 2) & 0x3FFF);
    return std::nullopt;
}

/// The next number of a PNM header, past white space and comments.
std::optional<unsigned> pnmNumber(std::string_view bytes, std::size_t &at) {
    while (at < bytes.size() && (std::isspace(static_cast<unsigned char>(bytes[at])) || bytes[at] == '#')) {
        if (bytes[at] == '#')
            at = std::min(bytes.find('\n', at), bytes.size());
        else
            ++at;
    }
    unsigned number = 0;
    const auto [end, failure] = std::from_chars(bytes.data() + at, bytes.data() + bytes.size(), number);
    if (failure != std::errc{})
        return std::nullopt;
    at = static_cast<std::size_t>(end - bytes.data());
    return number;
}

std::optional<ImageSize> pnmSize(std::string_view bytes) {
    std::size_t at = 2;
    const auto width = pnmNumber(bytes, at);
    const auto height = pnmNumber(bytes, at);
    if (!width || !height)
        return std::nullopt;
    return sizeOf(*width, *height);
}

} // namespace

std::optional<ImageSize> sizeFromHeader(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv))
        return pngSize(bytes);
    if (bytes.starts_with("\xFF\xD8\xFF"sv))
        return jpegSize(bytes);
    if (bytes.starts_with("BM"sv))
        return bmpSize(bytes);
    if (bytes.starts_with("RIFF"sv) && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP"sv)
        return webpSize(bytes);
    if (bytes.starts_with("P5"sv) || bytes.starts_with("P6"sv))
        return pnmSize(bytes);
    return std::nullopt;
}

} // namespace simclr
