// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_import.h"

#include "core/exchange/csv_runs.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"
#include "core/util/number_text.h"

#include <algorithm>
#include <iterator>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostProblems = 20; ///< of one run

/// Curves have no number of a run: it is recognised by its name and the first value of its first metric.
std::string identityOf(const ImportedRun &run) {
    const auto &[metric, points] = *run.curves.begin();
    return sha256("W&B curves\n" + run.name + "\n" + metric + "\n" + std::to_string(points.front().step) +
                  "\n" + numberText(points.front().value));
}

/// Files with different panels contain the same runs.
void join(std::vector<ImportedRun> &runs, ImportedRun added) {
    const auto same = std::ranges::find(runs, added.name, &ImportedRun::name);
    if (same == runs.end()) {
        runs.push_back(std::move(added));
        return;
    }
    same->curves.merge(added.curves);
    std::ranges::move(added.problems, std::back_inserter(same->problems));
}

[[noreturn]] void refuse(const fs::path &file) {
    throw InvalidInput(
        displayName(file) +
        " is not a CSV file of W&B or MLflow: it has neither a column \"Step\" or \"_step\" with "
        "curves, nor \"run_id\", \"Run ID\" or \"Name\" with a row for each run");
}

void throwIfStopped(const std::stop_token &stop) {
    if (stop.stop_requested())
        throw Interrupted("the import of CSV files was cancelled");
}

/// Columns whose titles have no prefix such as "params.", and that contain a number.
void addUndecided(const CsvTable &table, const std::vector<ImportedRun> &runs,
                  std::vector<std::string> &undecided) {
    for (const std::string &title : table.header) {
        const auto isNumberIn = [&title](const ImportedRun &run) {
            const auto option = run.options.find(title);
            return option != run.options.end() && option->is_number();
        };
        if (std::ranges::any_of(runs, isNumberIn) && std::ranges::find(undecided, title) == undecided.end())
            undecided.push_back(title);
    }
}

} // namespace

CsvRuns readCsvRuns(std::span<const fs::path> files, const CsvImportOptions &options,
                    const std::stop_token &stop) {
    CsvRuns read;
    std::vector<ImportedRun> curves;
    for (const fs::path &file : files) {
        throwIfStopped(stop);
        const CsvTable table = readCsvFile(file);
        std::vector<ImportedRun> runs = runsOfTable(table, file, options.metrics);
        const bool isTable = !runs.empty();
        if (isTable)
            addUndecided(table, runs, read.undecided);
        else
            runs = runsOfHistory(table, file);
        if (runs.empty())
            refuse(file);
        for (ImportedRun &run : runs)
            if (isTable)
                read.runs.push_back(std::move(run));
            else
                join(curves, std::move(run));
    }
    for (ImportedRun &run : curves) {
        run.identity = identityOf(run);
        read.runs.push_back(std::move(run));
    }
    return read;
}

ImportReport importCsv(std::span<const fs::path> files, const fs::path &database,
                       const CsvImportOptions &options, const std::stop_token &stop) {
    CsvRuns read = readCsvRuns(files, options, stop);
    ImportReport report;
    CurvesImport import(database);
    for (ImportedRun &run : read.runs) {
        throwIfStopped(stop);
        run.problems.resize(std::min(run.problems.size(), mostProblems));
        if (run.curves.empty() && run.options.empty())
            report.problems.push_back("run \"" + run.name +
                                      "\" has neither metrics nor options and was left out");
        else
            report.runs.push_back(import.add(run));
    }
    return report;
}

} // namespace simclr
