// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/table_values.h"

#include "core/statistics/sample_summary.h"
#include "ui/runs/table/runs_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <variant>

namespace simclr::ui {

namespace {

double numberOf(const RunColumn &column, const RunRecord &run) {
    const SortValue value = sortValue(column, run);
    const auto *number = std::get_if<double>(&value);
    return number != nullptr ? *number : std::numeric_limits<double>::quiet_NaN();
}

/// Of one run, or the mean of a group.
TableCell numberCell(const RunsModel &model, const QModelIndex &row, const RunColumn &column) {
    std::vector<double> numbers;
    for (const RunPtr &run : model.runsOf(row))
        numbers.push_back(numberOf(column, *run));
    const SampleSummary summary = simclr::summarise(numbers);
    if (summary.count == 0)
        return {};
    return NumberCell{summary.mean, summary.count > 1 ? std::optional(summary.sd) : std::nullopt, {}};
}

TableCell cellOf(const RunsModel &model, const QModelIndex &row, int place) {
    const RunColumn &column = model.columns()[static_cast<std::size_t>(place)];
    if (column.isNumber)
        return numberCell(model, row, column);
    return row.siblingAtColumn(place).data().toString().toStdString();
}

/// Digits after the point where numbers are shown rounded: as many as the column needs.
void setDecimals(ValueTable &table, std::size_t column) {
    double largest = 0;
    bool isWhole = true;
    const auto visit = [&](auto take) {
        for (auto &row : table.rows)
            if (auto *number = std::get_if<NumberCell>(&row[column]))
                take(*number);
    };
    visit([&](const NumberCell &number) {
        largest = std::max(largest, std::abs(number.value));
        isWhole = isWhole && number.value == std::floor(number.value) && number.deviation.value_or(0) == 0;
    });
    const int decimals = isWhole ? 0 : largest <= 10 ? 3 : 1;
    visit([decimals](NumberCell &number) { number.decimals = decimals; });
}

} // namespace

ValueTable tableValues(const RunsModel &model, const QModelIndexList &rows, const QList<int> &columns,
                       ColumnNames names) {
    ValueTable table;
    for (const int place : columns) {
        const RunColumn &column = model.columns()[static_cast<std::size_t>(place)];
        table.header.push_back((names == ColumnNames::Fields ? column.field : column.title).toStdString());
    }
    for (const QModelIndex &row : rows) {
        std::vector<TableCell> cells;
        for (const int place : columns)
            cells.push_back(cellOf(model, row, place));
        table.rows.push_back(std::move(cells));
    }
    for (std::size_t column = 0; column < table.header.size(); ++column)
        setDecimals(table, column);
    return table;
}

} // namespace simclr::ui
