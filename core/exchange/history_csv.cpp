// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_runs.h"
#include "core/exchange/curve_points.h"
#include "core/exchange/time_from_text.h"
#include "core/util/control_characters.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> stepNames{"_step", "Step", "step", "global_step"};
constexpr std::string_view divider = " - ";

/// One column with values of a metric of a run.
struct MetricColumn {
    std::size_t column = 0;
    std::string run; ///< empty in the history of one run
    std::string metric;
};

/// The columns of a file with curves.
struct HistoryColumns {
    std::optional<std::size_t> step; ///< of all runs
    std::optional<std::size_t> time;
    std::map<std::string, std::size_t> steps; ///< by run, "RUN - _step"
    std::vector<MetricColumn> metrics;
};

bool isExtreme(std::string_view metric) {
    return metric.ends_with("__MIN") || metric.ends_with("__MAX");
}

/// "RUN - METRIC", at the last divider: metrics have names such as "train/loss", runs any.
std::optional<MetricColumn> panelColumn(const std::string &title, std::size_t column) {
    const std::size_t at = title.rfind(divider);
    if (at == std::string::npos || at == 0)
        return std::nullopt;
    return MetricColumn{column, title.substr(0, at), title.substr(at + divider.size())};
}

void addPanelColumns(const CsvTable &table, HistoryColumns &columns) {
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        auto column = panelColumn(table.header[i], i);
        if (!column || isExtreme(column->metric))
            continue;
        if (column->metric == "_step")
            columns.steps[column->run] = i;
        else if (!column->metric.starts_with('_'))
            columns.metrics.push_back(std::move(*column));
    }
}

/// Names that begin with "_" are W&B's own; pandas writes a first column without a title.
void addOwnColumns(const CsvTable &table, HistoryColumns &columns) {
    for (std::size_t i = 0; i < table.header.size(); ++i)
        if (!table.header[i].empty() && !table.header[i].starts_with('_') && i != columns.step)
            columns.metrics.push_back({i, {}, table.header[i]});
}

HistoryColumns columnsOf(const CsvTable &table) {
    HistoryColumns columns;
    for (const std::string_view name : stepNames)
        if (!columns.step)
            columns.step = table.column(name);
    columns.time = table.column("_timestamp");
    addPanelColumns(table, columns);
    if (columns.metrics.empty() && columns.step && !table.column("run_id"))
        addOwnColumns(table, columns);
    return columns;
}

/// The curves of all runs of one file.
class HistoryReader {
  public:
    HistoryReader(const CsvTable &table, const fs::path &file)
        : m_table(table), m_file(file), m_columns(columnsOf(table)) {}

    std::vector<ImportedRun> read() {
        for (const MetricColumn &column : m_columns.metrics)
            if (const auto step = stepColumnOf(column))
                readColumn(column, *step);
        std::vector<ImportedRun> runs;
        for (auto &[name, run] : m_runs)
            if (finish(run))
                runs.push_back(std::move(run));
        return runs;
    }

  private:
    std::optional<std::size_t> stepColumnOf(const MetricColumn &column) const {
        const auto own = m_columns.steps.find(column.run);
        return own != m_columns.steps.end() ? own->second : m_columns.step;
    }

    void readColumn(const MetricColumn &column, std::size_t stepColumn) {
        ImportedRun &run = m_runs[column.run];
        run.name = replaceControls(column.run.empty() ? m_file.stem().native() : column.run, escapedControl);
        std::vector<MetricPoint> points;
        std::int64_t leftOut = 0;
        for (const auto &row : m_table.rows) {
            if (row[column.column].empty())
                continue;
            const auto step = stepOf(row[stepColumn]);
            const auto value = csvNumber(row[column.column]);
            if (step && value)
                points.push_back({*step, 0, *value, timeOf(row)});
            else
                ++leftOut;
        }
        if (leftOut > 0)
            run.problems.push_back("left out of \"" + column.metric + "\": " +
                                   counted(leftOut, "cell", "cells") + " without a step or a number");
        orderBySteps(points);
        if (!points.empty())
            run.curves[replaceControls(column.metric, escapedControl)] = std::move(points);
    }

    static std::optional<std::int64_t> stepOf(const std::string &cell) {
        constexpr double largestExact = 9007199254740992;
        const auto step = csvNumber(cell);
        if (!step || *step != std::floor(*step) || std::abs(*step) > largestExact)
            return std::nullopt;
        return static_cast<std::int64_t>(*step);
    }

    double timeOf(const std::vector<std::string> &row) const {
        return m_columns.time ? timeFromText(row[*m_columns.time]).value_or(0) : 0;
    }

    /// Whether the run has a curve.
    bool finish(ImportedRun &run) const {
        run.format = "W&B CSV";
        run.source = m_file;
        for (const auto &[metric, points] : run.curves)
            for (const MetricPoint &point : points) {
                if (point.time > 0)
                    run.created = run.created > 0 ? std::min(run.created, point.time) : point.time;
                run.finished = std::max(run.finished, point.time);
            }
        takeEpochs(run.curves);
        return !run.curves.empty();
    }

    const CsvTable &m_table;
    const fs::path &m_file;
    HistoryColumns m_columns;
    std::map<std::string, ImportedRun> m_runs;
};

} // namespace

std::vector<ImportedRun> runsOfHistory(const CsvTable &table, const fs::path &file) {
    return HistoryReader(table, file).read();
}

} // namespace simclr
