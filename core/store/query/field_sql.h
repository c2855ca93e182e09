// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/field.h"
#include "core/store/query/sql_text.h"

namespace simclr {

// SQL for the value of a field of the run `r`, a row of the table runs. A missing value is NULL: an empty
// text, an option that the run does not have, a metric that was not measured, or whose value is NaN.

/// `now`: seconds since 1970, for the age. Tags as one text, "final, paper".
SqlText valueSql(const Field &field, double now);

/// Only a number, or only a text: SQLite orders all texts after all numbers.
enum class StoredType { Number, Text };
SqlText valueSql(const OptionField &field, StoredType type);

/// What a word is searched in, besides tags: name, note, images, status, pipeline and encoder, on lines of
/// their own.
SqlText searchedText();

/// The runs with a tag for which `condition` on the column "tag" is true, as a subquery.
SqlText runsWithTag(const SqlText &condition);

} // namespace simclr
