// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/curves_import.h"
#include "core/exchange/runs_import.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

enum class ImportKind {
    EventFiles, ///< a folder with TensorBoard event files, at any depth
    Csv,        ///< files of W&B or MLflow
    Database,   ///< another database of runs
};

/// What a user chose to import.
struct ImportSource {
    ImportKind kind = ImportKind::EventFiles;
    std::vector<std::filesystem::path> paths; ///< one, or several CSV files

    bool operator==(const ImportSource &) const = default;
};

/// How files or a folder can be imported, from names and first bytes only; nothing if they cannot. An event
/// file stands for its folder. Looks into few folders, so that it answers at once.
std::optional<ImportSource> recognisedSource(const std::vector<std::filesystem::path> &paths);

/// A run that would be imported.
struct FoundRun {
    RunId id = 0; ///< in another database
    std::string name;
    std::string detail;         ///< "2 event files", "W&B CSV", "completed"
    std::optional<RunId> known; ///< the run here that it is recognised as
    bool isUncertain = false;   ///< whether it is a part of another run, only its content decides
};

struct ImportPreview {
    std::vector<FoundRun> runs;
    std::vector<std::string> problems;
    std::vector<std::string> undecided; ///< see CsvRuns
};

/// What an import would do, without a change. Of event files only the first records are read. Throws as the
/// imports, and Interrupted if `stop` is requested.
ImportPreview previewImport(const ImportSource &source, const std::filesystem::path &database,
                            const std::stop_token &stop = {});

struct ImportChoice {
    RunsImportOptions runs;           ///< of another database
    std::vector<std::string> metrics; ///< columns of a table
};

/// Imports it; `told` is called after each run of event files or of a database. Throws as the imports.
ImportReport importFrom(const ImportSource &source, const std::filesystem::path &database,
                        const ImportChoice &choice, const std::stop_token &stop = {},
                        const std::function<void(const ImportOutcome &)> &told = {});

} // namespace simclr
