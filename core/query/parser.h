// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/expression.h"

#include <cstddef>
#include <string_view>

namespace simclr {

/// Limit on parentheses and "not" within each other.
inline constexpr int deepestFilter = 100;
/// Limit on words that are searched for. SQLite takes seconds to prepare thousands of them.
inline constexpr std::size_t mostWords = 200;

/// Reads a filter line (docs/filter.md):
///
///     filter     = [any] | word …            words only: all of them are searched for
///     any        = all {"or" all}
///     all        = not {"and" not}
///     not        = "not" not | "(" any ")" | condition
///     condition  = word
///                | field operator value
///                | field ["not"] "in" "(" value {"," value} ")"
///                | field "is" ["not"] "empty"
///     field      = word | text | word "(" (word | text) ["," word] ")"
///     value      = word | text
///
/// An empty line gives a Group without parts. Names and values are not checked. Throws QueryError.
Expression parseFilter(std::string_view line);

/// Reads the name of one field, such as "linear.test" or "best(loss)". Throws QueryError.
FieldName parseFieldName(std::string_view text);

/// One key of an order of runs.
struct SortKey {
    FieldName field;
    bool isDescending = false;
};

/// Reads "FIELD", "FIELD:asc" or "FIELD:desc". Throws QueryError.
SortKey parseSortKey(std::string_view text);

} // namespace simclr
