// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/value_table.h"

#include <QList>
#include <QModelIndexList>

namespace simclr::ui {

class RunsModel;

/// How a file names the columns.
enum class ColumnNames {
    Fields, ///< as filters do, for programs: "linear", "best(loss)"
    Titles, ///< as the window does, for readers
};

/// Rows of the table of runs for a file: numbers in full, accuracies in [0, 1], durations in seconds; groups
/// as mean and standard deviation.
ValueTable tableValues(const RunsModel &model, const QModelIndexList &rows, const QList<int> &columns,
                       ColumnNames names);

} // namespace simclr::ui
