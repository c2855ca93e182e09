// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/run_column.h"
#include "ui/runs/table/run_queries.h"
#include "ui/runs/table/run_tree.h"

namespace simclr::ui {

/// A column of any field of the filter's language, such as "batch" or "best(loss)". `queries` must outlive
/// it; its values appear once they were read.
RunColumn fieldColumn(const QString &field, const RunQueries &queries);

/// Groups by the values of a field.
RunLevel fieldLevel(const QString &field, const RunQueries &queries);

/// "Batch" for the option "batch", "Best loss" for "best(loss)"; a field without a title by its name.
QString fieldTitle(const QString &field);

/// A value as the table shows it; "–" for a missing one.
QString fieldText(const FieldValue &value, ValueKind kind);

} // namespace simclr::ui
