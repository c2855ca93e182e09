// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/tar.h"

#include "core/util/error.h"

#include <algorithm>
#include <cstdint>

namespace simclr {

namespace {

// Offsets in a header block (POSIX.1-1988 ustar).
constexpr std::size_t blockBytes = 512;
constexpr std::size_t nameBytes = 100;
constexpr std::size_t sizeAt = 124;
constexpr std::size_t sizeBytes = 12;
constexpr std::size_t checksumAt = 148;
constexpr std::size_t checksumBytes = 8;
constexpr std::size_t typeAt = 156;
constexpr std::size_t formatAt = 257;

/// Octal digits between spaces or up to a zero byte.
std::uint64_t octal(std::string_view field) {
    std::uint64_t value = 0;
    field.remove_prefix(std::min(field.find_first_not_of(' '), field.size()));
    for (const char digit : field.substr(0, field.find_first_of(std::string_view(" \0", 2)))) {
        if (digit < '0' || digit > '7')
            throw InvalidInput("a header of its archive is damaged");
        value = value * 8 + static_cast<std::uint64_t>(digit - '0');
    }
    return value;
}

/// The sum of a header's bytes, its own field counted as spaces.
std::uint64_t sumOf(std::string_view header) {
    std::uint64_t sum = checksumBytes * ' ';
    for (std::size_t i = 0; i < header.size(); ++i)
        if (i < checksumAt || i >= checksumAt + checksumBytes)
            sum += static_cast<unsigned char>(header[i]);
    return sum;
}

bool isEnd(std::string_view header) {
    return std::ranges::all_of(header, [](char byte) { return byte == 0; });
}

} // namespace

bool looksLikeTar(std::string_view bytes) {
    return bytes.size() >= blockBytes && bytes.substr(formatAt).starts_with("ustar");
}

std::map<std::string, std::string_view> tarMembers(std::string_view archive) {
    std::map<std::string, std::string_view> members;
    while (archive.size() >= blockBytes && !isEnd(archive.substr(0, blockBytes))) {
        const std::string_view header = archive.substr(0, blockBytes);
        archive.remove_prefix(blockBytes);
        if (octal(header.substr(checksumAt, checksumBytes)) != sumOf(header))
            throw InvalidInput("a header of its archive is damaged");
        const std::uint64_t size = octal(header.substr(sizeAt, sizeBytes));
        if (size > archive.size())
            throw InvalidInput("it is truncated");
        const std::string_view name = header.substr(0, std::min(header.find('\0'), nameBytes));
        if (header[typeAt] == '0' || header[typeAt] == '\0')
            members[std::string(name)] = archive.substr(0, size);
        archive.remove_prefix(std::min(archive.size(), (size + blockBytes - 1) / blockBytes * blockBytes));
    }
    return members;
}

} // namespace simclr
