// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/csv.h"

#include "core/util/control_characters.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

bool looksLikeFormula(std::string_view text) {
    constexpr std::array<std::string_view, 8> begins{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    return std::ranges::any_of(begins, [&](std::string_view begin) { return text.starts_with(begin); });
}

std::string quotedField(std::string_view text) {
    std::string quoted = "\"";
    for (const char letter : text)
        quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + "\"";
}

} // namespace

std::string csvField(std::string_view text) {
    std::string field = replaceControls(text, escapedControl);
    if (looksLikeFormula(field))
        field.insert(0, 1, '\'');
    return field.find_first_of(",;\"") == std::string::npos ? field : quotedField(field);
}

} // namespace simclr
