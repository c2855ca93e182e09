// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/table_values.h"

#include "core/statistics/sample_summary.h"
#include "core/util/time_text.h"
#include "ui/runs/table/group_cells.h"
#include "ui/runs/table/runs_model.h"
#include "ui/text/run_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(TableValues)
};

using Runs = std::vector<RunPtr>;

using CellOf = std::function<TableCell(const TableRows::Row &)>;

/// One column of the file.
struct FileColumn {
    std::string title;
    CellOf cell;
};

double numberOf(const RunColumn &column, const RunRecord &run) {
    const SortValue value = sortValue(column, run);
    const auto *number = std::get_if<double>(&value);
    return number != nullptr ? *number : std::numeric_limits<double>::quiet_NaN();
}

SampleSummary summaryOf(const RunColumn &column, const Runs &runs) {
    std::vector<double> numbers;
    for (const RunPtr &run : runs)
        numbers.push_back(numberOf(column, *run));
    return simclr::summarise(numbers);
}

/// Of one run, or the mean of a group.
TableCell numberCell(const RunColumn &column, const Runs &runs) {
    const SampleSummary summary = summaryOf(column, runs);
    if (summary.count == 0)
        return {};
    return NumberCell{summary.mean, summary.count > 1 ? std::optional(summary.sd) : std::nullopt, {}};
}

/// What all runs of a row have in common; "mixed" if they differ.
template <typename TextOf>
TableCell commonText(const Runs &runs, TextOf textOf) {
    std::optional<std::string> common;
    for (const RunPtr &run : runs) {
        const std::string text = textOf(*run);
        if (common && *common != text)
            return Texts::tr("mixed").toStdString();
        common = text;
    }
    return common.value_or(std::string());
}

std::string splitOf(const RunRecord &run, Protocol protocol) {
    const Result *result = bestKnownResult(run, protocol);
    return result != nullptr ? nameOf(result->key.split) : std::string();
}

/// As a program reads it: independent of language and time zone.
std::optional<std::string> rawText(const QString &field, const RunRecord &run) {
    if (field == QLatin1String("name"))
        return run.name;
    if (field == QLatin1String("status"))
        return statusName(run.status);
    return field == QLatin1String("created") ? std::optional(timeText(run.created)) : std::nullopt;
}

/// The columns of a file for those of the table.
class FileColumns {
  public:
    FileColumns(const TableRows &table, ColumnNames names)
        : m_isRaw(names == ColumnNames::Fields), m_hasGroups(table.hasGroups) {
        if (m_isRaw)
            m_columns.push_back({"id", idCell});
        for (const RunColumn &column : table.columns)
            add(column);
    }

    std::vector<FileColumn> take() { return std::move(m_columns); }

  private:
    static TableCell idCell(const TableRows::Row &row) {
        if (row.isGroup)
            return {};
        return NumberCell{static_cast<double>(row.runs.front()->id), {}, 0};
    }

    void add(const RunColumn &column) {
        const std::string title = (m_isRaw ? column.field : column.title).toStdString();
        if (!column.isNumber) {
            m_columns.push_back({title, textCell(column)});
            return;
        }
        m_columns.push_back(
            {title, [&column](const TableRows::Row &row) { return numberCell(column, row.runs); }});
        if (column.comparable) // an accuracy never goes without its split
            m_columns.push_back({m_isRaw ? title + ".split" : Texts::tr("Split").toStdString(),
                                 splitCell(protocolFromName(column.field.toStdString()))});
        if (m_hasGroups)
            m_columns.push_back({m_isRaw ? "n of " + title : "n", countCell(column)});
    }

    CellOf textCell(const RunColumn &column) const {
        return [&column, isRaw = m_isRaw](const TableRows::Row &row) -> TableCell {
            if (row.isGroup)
                return groupText(column, row.group, row.runs).toStdString();
            const auto raw = isRaw ? rawText(column.field, *row.runs.front()) : std::nullopt;
            return raw ? *raw : column.text(*row.runs.front()).toStdString();
        };
    }

    static CellOf countCell(const RunColumn &column) {
        return [&column](const TableRows::Row &row) -> TableCell {
            return NumberCell{static_cast<double>(summaryOf(column, row.runs).count), {}, 0};
        };
    }

    static CellOf splitCell(Protocol protocol) {
        return [protocol](const TableRows::Row &row) {
            return commonText(row.runs, [protocol](const RunRecord &run) { return splitOf(run, protocol); });
        };
    }

    bool m_isRaw;
    bool m_hasGroups;
    std::vector<FileColumn> m_columns;
};

/// Digits after the point where numbers are shown rounded: three significant ones of the smallest number.
int decimalsOf(const std::vector<NumberCell> &numbers) {
    constexpr int most = 8;
    double smallest = std::numeric_limits<double>::infinity();
    bool areWhole = true;
    for (const NumberCell &number : numbers) {
        const double deviation = number.deviation.value_or(0);
        areWhole = areWhole && number.value == std::floor(number.value) && deviation == std::floor(deviation);
        if (number.value != 0)
            smallest = std::min(smallest, std::abs(number.value));
    }
    if (areWhole || !std::isfinite(smallest))
        return 0;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(smallest))), 1, most);
}

void setDecimals(ValueTable &table, std::size_t column) {
    std::vector<NumberCell *> open;
    std::vector<NumberCell> numbers;
    for (auto &row : table.rows)
        if (auto *number = std::get_if<NumberCell>(&row[column]); number && !number->decimals) {
            open.push_back(number);
            numbers.push_back(*number);
        }
    const int decimals = decimalsOf(numbers);
    for (NumberCell *number : open)
        number->decimals = decimals;
}

} // namespace

TableRows tableRows(const RunsModel &model, const QModelIndexList &rows, const QList<int> &columns) {
    TableRows table;
    for (const int column : columns)
        table.columns.push_back(model.columns()[static_cast<std::size_t>(column)]);
    table.hasGroups = !model.levels().empty();
    for (const QModelIndex &row : rows)
        table.rows.push_back({model.runsOf(row), model.groupTitle(row), model.isGroup(row)});
    return table;
}

ValueTable tableValues(const TableRows &rows, ColumnNames names, const std::stop_token &stop) {
    const std::vector<FileColumn> columns = FileColumns(rows, names).take();
    ValueTable table;
    for (const FileColumn &column : columns)
        table.header.push_back(column.title);
    for (const TableRows::Row &row : rows.rows) {
        if (stop.stop_requested())
            break;
        std::vector<TableCell> cells;
        for (const FileColumn &column : columns)
            cells.push_back(column.cell(row));
        table.rows.push_back(std::move(cells));
    }
    for (std::size_t column = 0; column < table.header.size(); ++column)
        setDecimals(table, column);
    return table;
}

} // namespace simclr::ui
