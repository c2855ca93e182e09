// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/fold_case.h"

#include "core/util/files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <clocale>
#include <cwctype>

namespace simclr {

namespace {

/// glibc's table of Unicode, whatever the locale of the program is. Null where it is missing.
locale_t unicode() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

wint_t lower(wint_t code) {
    return unicode() == nullptr ? code : towlower_l(code, unicode());
}

/// A letter of two bytes, as those of Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic are; their lower
/// case has two bytes too, or is left as it is.
void foldPair(char &first, char &second) {
    const wint_t code =
        ((static_cast<unsigned char>(first) & 0x1Fu) << 6) | (static_cast<unsigned char>(second) & 0x3Fu);
    const wint_t folded = lower(code);
    if (folded < 0x80 || folded >= 0x800)
        return;
    first = static_cast<char>(0xC0u | (folded >> 6));
    second = static_cast<char>(0x80u | (folded & 0x3Fu));
}

} // namespace

std::string foldCase(std::string_view text) {
    if (isAscii(text))
        return lowerCase(text);
    std::string folded = lowerCase(toValidUtf8(text));
    for (std::size_t i = 0; i + 1 < folded.size(); ++i)
        if ((static_cast<unsigned char>(folded[i]) & 0xE0u) == 0xC0u)
            foldPair(folded[i], folded[i + 1]);
    return folded;
}

} // namespace simclr
