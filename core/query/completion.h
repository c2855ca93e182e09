// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/field.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// What may be inserted at a place of a filter line.
struct Completion {
    TextRange replaced;             ///< the part of the line that each of `texts` replaces
    std::vector<std::string> texts; ///< the likeliest first; empty where nothing can be offered
};

/// The values of a field that occur, the most frequent first.
using ValuesOf = std::function<std::vector<std::string>(const FieldName &field)>;

/// The completions at `cursor`, in bytes of `line`: fields, functions, operators, values, and the words
/// between conditions. Only those that contain what is typed left of the cursor, in any case; first those
/// that begin with it. A line may be unfinished or wrong; throws only what `valuesOf` throws, except
/// QueryError.
Completion completionsAt(std::string_view line, std::size_t cursor, const KnownNames &known,
                         const ValuesOf &valuesOf);

} // namespace simclr
