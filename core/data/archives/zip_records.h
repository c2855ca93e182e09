// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

/// Signatures and lengths of the records of a ZIP archive (PKWARE APPNOTE.TXT 6.3), without names and extra
/// fields.
namespace simclr::zip {

constexpr std::uint64_t localSignature = 0x04034b50;
constexpr std::size_t localBytes = 30;
constexpr std::uint64_t centralSignature = 0x02014b50;
constexpr std::size_t centralBytes = 46;
constexpr std::uint64_t endSignature = 0x06054b50;
constexpr std::size_t endBytes = 22;
constexpr std::uint64_t wideEndSignature = 0x06064b50;
constexpr std::size_t wideEndBytes = 56;
constexpr std::uint64_t locatorSignature = 0x07064b50;
constexpr std::size_t locatorBytes = 20;

constexpr std::uint64_t stored = 0; ///< methods
constexpr std::uint64_t deflated = 8;

/// A little-endian number of `count` bytes, which must exist.
inline std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// Whether a whole record of this length begins with the signature at `at`.
inline bool hasRecord(std::string_view bytes, std::size_t at, std::uint64_t signature, std::size_t length) {
    return at <= bytes.size() && length <= bytes.size() - at && number(bytes, at, 4) == signature;
}

} // namespace simclr::zip
