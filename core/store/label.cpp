// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/label.h"

#include "core/util/control_characters.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr std::ptrdiff_t mostCharacters = 64;

std::string trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(spaces) - first + 1));
}

/// Each start of a UTF-8 sequence.
std::ptrdiff_t characterCount(const std::string &text) {
    return std::ranges::count_if(text,
                                 [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; });
}

bool hasControl(const std::string &text) {
    bool found = false;
    replaceControls(text, [&](char32_t) {
        found = true;
        return std::string();
    });
    return found;
}

} // namespace

std::string checkedLabel(const std::string &what, std::string_view text) {
    std::string label = trimmed(text);
    if (label.empty())
        throw InvalidInput("a " + what + " must not be empty");
    if (toValidUtf8(label) != label)
        throw InvalidInput("a " + what + " must be valid UTF-8");
    if (characterCount(label) > mostCharacters)
        throw InvalidInput("a " + what + " has at most " + std::to_string(mostCharacters) + " characters");
    if (hasControl(label))
        throw InvalidInput("a " + what + " must not contain control characters");
    return label;
}

} // namespace simclr
