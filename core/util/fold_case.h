// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

/// `text` in lower case, letter by letter, for comparisons that ignore case: of the scripts whose letters
/// have one or two bytes in UTF-8 (Latin, Greek, Cyrillic, …). Bytes that are not UTF-8 become U+FFFD.
std::string foldCase(std::string_view text);

} // namespace simclr
