// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/query_mistake.h"

#include "app/cli/common.h"
#include "app/cli/text_table.h"

#include <algorithm>
#include <iostream>

namespace simclr::cli {

namespace {

/// Code points shown left of the place, and in all.
constexpr std::size_t before = 40;
constexpr std::size_t shown = 90;

/// From one code point to another.
std::string part(const std::string &text, std::size_t begin, std::size_t end) {
    std::string result;
    std::size_t count = 0;
    for (const char byte : text) {
        count += (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u ? 1 : 0;
        if (count > begin && count <= end)
            result += byte;
    }
    return result;
}

} // namespace

void complainOf(const QueryMistake &mistake) {
    complain(mistake.what());
    const std::string line = printable(mistake.line()); // each control character becomes one other character
    const TextRange where = inCodePoints(mistake.line(), mistake.where());
    const std::size_t begin = where.begin > before ? where.begin - before : 0;
    const std::string dots = begin > 0 ? "…" : "";
    const std::size_t carets = std::clamp<std::size_t>(where.length, 1, shown - (where.begin - begin));
    std::cerr << "  " << dots << part(line, begin, begin + shown) << "\n  "
              << std::string(where.begin - begin + (begin > 0 ? 1 : 0), ' ') << std::string(carets, '^')
              << std::endl;
}

} // namespace simclr::cli
