// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/imported_run.h"
#include "core/util/csv_reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace simclr {

// The kinds of CSV file that importCsv() reads. Each function recognises its own by the header; if it is
// another kind, it returns no run. They throw InvalidInput if a cell that is needed is not valid.

/// Curves: a row is a step.
std::vector<ImportedRun> runsOfHistory(const CsvTable &table, const std::filesystem::path &file);

/// Options and final values: a row is a run. `metrics` are columns that are metrics.
std::vector<ImportedRun> runsOfTable(const CsvTable &table, const std::filesystem::path &file,
                                     const std::vector<std::string> &metrics);

} // namespace simclr
