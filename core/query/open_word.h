// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/field.h"

#include <optional>
#include <string>
#include <string_view>

namespace simclr {

/// The last word of a line where a condition begins, while it may still become that condition: "lin" could be
/// a word to search for, or the begin of "linear > 0.8".
struct OpenWord {
    std::string word;   ///< as written
    std::string before; ///< the line without it, and without what joined it: the part that is surely meant
};

/// Nothing if the line does not end so: its last word begins no name of a field or function, is a whole
/// condition, such as "starred", is in quotes, or is one of several words to search for. In any case.
std::optional<OpenWord> openWordOf(std::string_view line, const KnownNames &known);

} // namespace simclr
