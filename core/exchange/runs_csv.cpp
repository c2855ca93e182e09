// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_runs.h"
#include "core/exchange/time_from_text.h"
#include "core/util/control_characters.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view optionPrefix = "params.";
constexpr std::string_view metricPrefix = "metrics.";
constexpr std::string_view tagPrefix = "tags.";
constexpr std::string_view ownTagPrefix = "tags.mlflow.";
constexpr std::string_view runNameTag = "tags.mlflow.runName";

/// Columns that are about the run itself, by their names in MLflow's files, in MLflow's page and in W&B.
struct RunColumns {
    std::optional<std::size_t> id, name, status, created, finished, duration, step;
};

std::optional<std::size_t> firstOf(const CsvTable &table, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        if (const auto column = table.column(name))
            return column;
    return std::nullopt;
}

RunColumns columnsOf(const CsvTable &table) {
    return {.id = firstOf(table, {"run_id", "Run ID", "ID"}),
            .name = firstOf(table, {runNameTag, "Run Name", "Name"}),
            .status = firstOf(table, {"status", "Status", "State"}),
            .created = firstOf(table, {"start_time", "Start Time", "Created"}),
            .finished = firstOf(table, {"end_time", "End Time", "_timestamp"}),
            .duration = firstOf(table, {"Runtime", "_runtime", "Duration"}),
            .step = firstOf(table, {"_step", "metrics.step"})};
}

bool isMlflow(const CsvTable &table) {
    return table.column("run_id") || table.column("Run ID");
}

/// Whether the file is a table of runs: of MLflow, or with a name and another column that W&B writes.
bool isTableOfRuns(const CsvTable &table, const RunColumns &columns) {
    return isMlflow(table) ||
           (columns.name && (columns.id || columns.status || columns.created || columns.duration));
}

/// A number, a truth value or a text.
Json optionOf(const std::string &cell) {
    const std::string lower = lowerCase(cell);
    if (lower == "true" || lower == "false")
        return lower == "true";
    const auto number = csvNumber(cell);
    return number && std::isfinite(*number) ? wholeOrNot(*number) : Json(cell);
}

void setStatus(ImportedRun &run, const std::string &cell) {
    const std::string status = lowerCase(cell);
    if (status == "failed" || status == "crashed") {
        run.status = RunStatus::Failed;
        run.failure = run.format + " states that it " + (status == "failed" ? "failed" : "crashed");
    } else if (status == "killed" || status == "stopped") {
        run.status = RunStatus::Cancelled;
    } else if (status == "running" || status == "scheduled" || status == "pending" || status == "preempted") {
        run.status = RunStatus::Interrupted;
    }
}

/// One table of runs.
class RunTableReader {
  public:
    RunTableReader(const CsvTable &table, const fs::path &file, const std::vector<std::string> &metrics)
        : m_table(table), m_file(file), m_metrics(metrics), m_columns(columnsOf(table)) {}

    std::vector<ImportedRun> read() const {
        std::vector<ImportedRun> runs;
        if (!isTableOfRuns(m_table, m_columns))
            return runs;
        for (const std::string &metric : m_metrics)
            if (!m_table.column(metric))
                throw InvalidInput(displayName(m_file) + " has no column \"" + metric + "\"");
        requireDifferentTitles();
        for (const auto &row : m_table.rows)
            runs.push_back(readRow(row));
        return runs;
    }

  private:
    using Row = std::vector<std::string>;

    void requireDifferentTitles() const {
        std::vector<std::string> titles = m_table.header;
        std::ranges::sort(titles);
        const auto doubled = std::ranges::adjacent_find(titles);
        if (doubled != titles.end() && !doubled->empty())
            throw InvalidInput(displayName(m_file) + " has two columns \"" + *doubled + "\"");
    }

    std::string cell(const Row &row, std::optional<std::size_t> column) const {
        return column ? row[*column] : std::string();
    }

    ImportedRun readRow(const Row &row) const {
        ImportedRun run;
        run.format = isMlflow(m_table) ? "MLflow CSV" : "W&B CSV";
        run.source = m_file;
        const std::string id = cell(row, m_columns.id);
        const std::string name = cell(row, m_columns.name);
        run.name = replaceControls(!name.empty() ? name
                                   : !id.empty() ? id
                                                 : m_file.stem().native(),
                                   escapedControl);
        run.identity =
            sha256(run.format + "\n" + (id.empty() ? name + "\n" + cell(row, m_columns.created) : id));
        setTimes(run, row);
        setStatus(run, cell(row, m_columns.status));
        for (std::size_t column = 0; column < row.size(); ++column)
            if (!row[column].empty() && !isAboutTheRun(column))
                readCell(column, row, run);
        return run;
    }

    void setTimes(ImportedRun &run, const Row &row) const {
        run.created = timeFromText(cell(row, m_columns.created)).value_or(0);
        const auto seconds = csvNumber(cell(row, m_columns.duration));
        if (const auto finished = timeFromText(cell(row, m_columns.finished)))
            run.finished = *finished;
        else if (seconds && run.created > 0 && isPlausibleTime(run.created + *seconds))
            run.finished = run.created + *seconds;
    }

    bool isAboutTheRun(std::size_t column) const {
        const std::string &title = m_table.header[column];
        const auto &c = m_columns;
        return title.empty() || title.starts_with('_') || title.starts_with(ownTagPrefix) ||
               title == "experiment_id" || title == "artifact_uri" || column == c.id || column == c.name ||
               column == c.status || column == c.created || column == c.finished || column == c.duration;
    }

    void readCell(std::size_t column, const Row &row, ImportedRun &run) const {
        const std::string &title = m_table.header[column];
        const bool isMetric =
            title.starts_with(metricPrefix) || std::ranges::find(m_metrics, title) != m_metrics.end();
        if (isMetric)
            addPoint(title.starts_with(metricPrefix) ? title.substr(metricPrefix.size()) : title, row[column],
                     row, run);
        else
            addOption(title.starts_with(optionPrefix) ? title.substr(optionPrefix.size()) : title,
                      row[column], run);
    }

    /// Without a search for an earlier one of this name: titles differ, and a file may have very many.
    static void addOption(const std::string &name, const std::string &text, ImportedRun &run) {
        run.options.get_ref<Json::object_t &>().emplace_back(replaceControls(name, escapedControl),
                                                             optionOf(text));
    }

    /// The last value of a metric; its step is 0 if it is not stated.
    void addPoint(const std::string &metric, const std::string &text, const Row &row,
                  ImportedRun &run) const {
        const auto value = csvNumber(text);
        const double step = csvNumber(cell(row, m_columns.step)).value_or(0);
        if (!value) {
            run.problems.push_back("the value of \"" + metric + "\" is not a number and was left out");
            return;
        }
        const bool isStep = step == std::floor(step) && std::abs(step) < 1e15;
        run.curves[replaceControls(metric, escapedControl)] = {
            {isStep ? static_cast<std::int64_t>(step) : 0, 0, *value, run.finished}};
    }

    const CsvTable &m_table;
    const fs::path &m_file;
    const std::vector<std::string> &m_metrics;
    RunColumns m_columns;
};

} // namespace

std::vector<ImportedRun> runsOfTable(const CsvTable &table, const fs::path &file,
                                     const std::vector<std::string> &metrics) {
    return RunTableReader(table, file, metrics).read();
}

} // namespace simclr
