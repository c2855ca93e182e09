// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/query_error.h"

#include <algorithm>

namespace simclr {

namespace {

/// Counts the first byte of each sequence.
std::size_t codePoints(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u; }));
}

} // namespace

TextRange spanOf(TextRange first, TextRange last) {
    return {first.begin, last.end() - first.begin};
}

TextRange inCodePoints(std::string_view text, TextRange bytes) {
    return {codePoints(text.substr(0, bytes.begin)), codePoints(text.substr(bytes.begin, bytes.length))};
}

} // namespace simclr
