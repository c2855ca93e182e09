// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/run_column.h"
#include "ui/runs/table/run_queries.h"
#include "ui/runs/table/run_tree.h"

namespace simclr::ui {

/// A column of any field of the filter's language, such as "batch" or "best(loss)", with the values that
/// `queries` has read by now: to be made again when there are newer ones. Its functions may be called in any
/// thread.
RunColumn fieldColumn(const QString &field, const RunQueries &queries);

/// Groups by the values of a field that `queries` has read by now.
RunLevel fieldLevel(const QString &field, const RunQueries &queries);

/// "Batch" for the option "batch", "Best loss" for "best(loss)"; a field without a title by its name.
QString fieldTitle(const QString &field);

/// A value as the table shows it; "–" for a missing one.
QString fieldText(const FieldValue &value, ValueKind kind);

} // namespace simclr::ui
