// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/run_column.h"
#include "ui/runs/table/run_tree.h"

#include <QString>
#include <vector>

namespace simclr::ui {

/// "Batch: 256 · 3 runs".
QString groupName(const QString &title, int runs);

/// "62.1 % ± 0.8 % (3)", with n; "(2 of 3)" if a run has no value; "–" if none has.
QString meanText(const RunColumn &column, const GroupSummary &summary);

/// What all runs show in a column; "…" if they differ.
QString commonText(const RunColumn &column, const std::vector<RunPtr> &runs);

/// The cell of a group in a column of texts: its name in the column of names.
QString groupText(const RunColumn &column, const QString &title, const std::vector<RunPtr> &runs);

} // namespace simclr::ui
