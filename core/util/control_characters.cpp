// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/control_characters.h"

#include "core/util/files.h"

#include <array>
#include <cstdio>

namespace simclr {

namespace {

bool isControl(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

/// Length in bytes of the sequence that begins with this one, in valid UTF-8.
std::size_t sequenceBytes(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

char32_t codeOf(std::string_view sequence) {
    const auto first = static_cast<unsigned char>(sequence[0]);
    char32_t code = sequence.size() == 1 ? first : first & (0x7Fu >> sequence.size());
    for (const char byte : sequence.substr(1))
        code = (code << 6) | (static_cast<unsigned char>(byte) & 0x3Fu);
    return code;
}

} // namespace

std::string replaceControls(std::string_view text, const std::function<std::string(char32_t)> &replacement) {
    const std::string valid = toValidUtf8(text);
    std::string clean;
    clean.reserve(valid.size());
    for (std::size_t at = 0; at < valid.size();) {
        const std::string_view sequence =
            std::string_view(valid).substr(at, sequenceBytes(static_cast<unsigned char>(valid[at])));
        const char32_t code = codeOf(sequence);
        if (isControl(code))
            clean += replacement(code);
        else
            clean += sequence;
        at += sequence.size();
    }
    return clean;
}

std::string escapedControl(char32_t control) {
    switch (control) {
    case U'\n':
        return "\\n";
    case U'\r':
        return "\\r";
    case U'\t':
        return "\\t";
    default:
        break;
    }
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), control < 0x100 ? "\\x%02x" : "\\u%04x",
                  static_cast<unsigned>(control));
    return text.data();
}

} // namespace simclr
