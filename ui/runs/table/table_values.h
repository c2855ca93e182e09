// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/value_table.h"
#include "ui/runs/table/run_column.h"
#include "ui/workspace/run_catalogue.h"

#include <QList>
#include <QModelIndexList>
#include <QString>
#include <stop_token>
#include <vector>

namespace simclr::ui {

class RunsModel;

/// How a file names the columns.
enum class ColumnNames {
    Fields, ///< as filters do, for programs: "linear", "best(loss)"
    Titles, ///< as the window does, for readers
};

/// Rows of the table of runs with its shown columns, to be made into cells in another thread. Plain value.
struct TableRows {
    struct Row {
        std::vector<RunPtr> runs; ///< one, or those of a group
        QString group;            ///< title of the group; empty for a run
        bool isGroup = false;
    };
    std::vector<RunColumn> columns; ///< in their order on the screen
    std::vector<Row> rows;
    bool hasGroups = false; ///< the table is grouped
};

/// What the rows and columns show now; quick. UI thread.
TableRows tableRows(const RunsModel &model, const QModelIndexList &rows, const QList<int> &columns);

/// The cells for a file: numbers in full, accuracies in [0, 1], durations in seconds; groups as mean and
/// standard deviation. Any thread; takes about 10 µs for each cell of a run. If `stop` was requested, the
/// table is incomplete.
ValueTable tableValues(const TableRows &rows, ColumnNames names, const std::stop_token &stop = {});

} // namespace simclr::ui
