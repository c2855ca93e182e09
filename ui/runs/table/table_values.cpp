// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/table_values.h"

#include "core/statistics/sample_summary.h"
#include "core/util/time_text.h"
#include "ui/runs/table/runs_model.h"
#include "ui/text/run_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
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

/// One column of the file.
struct FileColumn {
    std::string title;
    std::function<TableCell(const Runs &, const QModelIndex &row)> cell;
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
    FileColumns(const RunsModel &model, ColumnNames names)
        : m_model(model), m_isRaw(names == ColumnNames::Fields), m_hasGroups(!model.levels().empty()) {}

    std::vector<FileColumn> columns(const QList<int> &places) const {
        std::vector<FileColumn> columns;
        if (m_isRaw)
            columns.push_back({"id", [](const Runs &runs, const QModelIndex &) -> TableCell {
                                   if (runs.size() != 1)
                                       return {};
                                   return NumberCell{static_cast<double>(runs.front()->id), {}, 0};
                               }});
        for (const int place : places)
            add(place, columns);
        return columns;
    }

  private:
    void add(int place, std::vector<FileColumn> &columns) const {
        const RunColumn &column = m_model.columns()[static_cast<std::size_t>(place)];
        const std::string title = (m_isRaw ? column.field : column.title).toStdString();
        if (!column.isNumber) {
            columns.push_back({title, textCell(place, column.field)});
            return;
        }
        columns.push_back(
            {title, [&column](const Runs &runs, const QModelIndex &) { return numberCell(column, runs); }});
        if (column.comparable) // an accuracy never goes without its split
            columns.push_back({m_isRaw ? title + ".split" : Texts::tr("Split").toStdString(),
                               splitCell(protocolFromName(column.field.toStdString()))});
        if (m_hasGroups)
            columns.push_back(
                {m_isRaw ? "n of " + title : "n",
                 [&column](const Runs &runs, const QModelIndex &) -> TableCell {
                     return NumberCell{static_cast<double>(summaryOf(column, runs).count), {}, 0};
                 }});
    }

    std::function<TableCell(const Runs &, const QModelIndex &)> textCell(int place,
                                                                         const QString &field) const {
        return [this, place, field](const Runs &runs, const QModelIndex &row) -> TableCell {
            const bool isRun = row.data(RunsModel::RunIdRole).toLongLong() != 0;
            if (const auto raw = m_isRaw && isRun ? rawText(field, *runs.front()) : std::nullopt)
                return *raw;
            return row.siblingAtColumn(place).data().toString().toStdString();
        };
    }

    static std::function<TableCell(const Runs &, const QModelIndex &)> splitCell(Protocol protocol) {
        return [protocol](const Runs &runs, const QModelIndex &) {
            return commonText(runs, [protocol](const RunRecord &run) { return splitOf(run, protocol); });
        };
    }

    const RunsModel &m_model;
    bool m_isRaw;
    bool m_hasGroups;
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

ValueTable tableValues(const RunsModel &model, const QModelIndexList &rows, const QList<int> &columns,
                       ColumnNames names) {
    const FileColumns all(model, names);
    const std::vector<FileColumn> wanted = all.columns(columns);
    ValueTable table;
    for (const FileColumn &column : wanted)
        table.header.push_back(column.title);
    for (const QModelIndex &row : rows) {
        const Runs runs = model.runsOf(row);
        std::vector<TableCell> cells;
        for (const FileColumn &column : wanted)
            cells.push_back(column.cell(runs, row));
        table.rows.push_back(std::move(cells));
    }
    for (std::size_t column = 0; column < table.header.size(); ++column)
        setDecimals(table, column);
    return table;
}

} // namespace simclr::ui
