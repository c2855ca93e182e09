// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/curves_import.h"

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

struct CsvImportOptions {
    /// Columns of a table of runs that are metrics. W&B and MLflow's page do not state which columns are
    /// options and which are metrics; all others become options.
    std::vector<std::string> metrics;
};

/// The runs of some files.
struct CsvRuns {
    std::vector<ImportedRun> runs;
    /// The columns of a table that do not state whether they are options or metrics and contain numbers.
    std::vector<std::string> undecided;
};

/// Reads files without importing them. Throws as importCsv().
CsvRuns readCsvRuns(std::span<const std::filesystem::path> files, const CsvImportOptions &options = {},
                    const std::stop_token &stop = {});

/// Imports files that Weights & Biases or MLflow exported, recognised by their columns:
/// - W&B, curves of a panel: "Step" and "RUN - METRIC" for each run (RUN - METRIC__MIN and __MAX are left
/// out);
/// - W&B, history of one run (`run.history()` of its Python API): "_step", optionally "_timestamp", and a
/// column
///   for each metric; the run has the name of the file;
/// - W&B, table of runs: "Name", and "State", "Created", "ID" or others of its columns;
/// - MLflow, `mlflow experiments csv` or `mlflow.search_runs().to_csv()`: "run_id", "params.…", "metrics.…";
/// - MLflow, table of runs of its page: "Run ID".
/// Curves of one run in several files become one run. Cells that are not numbers are left out of curves and
/// reported. Throws InvalidInput, naming the file, if it is none of these or damaged; IoError; StorageError;
/// Interrupted if `stop` is requested, and runs imported until then remain.
ImportReport importCsv(std::span<const std::filesystem::path> files, const std::filesystem::path &database,
                       const CsvImportOptions &options = {}, const std::stop_token &stop = {});

} // namespace simclr
