// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/imported_run.h"
#include "core/store/foreign_runs.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// What an import did with one run.
struct ImportOutcome {
    enum class Kind {
        Added,   ///< a new run
        Updated, ///< it was imported before and has changed since
        Known,   ///< it was imported before and has not changed
    };
    RunId run = 0;
    Kind kind = Kind::Added;
    std::string name;
    std::int64_t points = 0;           ///< number of points that were stored
    std::vector<std::string> problems; ///< what was left out
};

/// What an import did.
struct ImportReport {
    std::vector<ImportOutcome> runs;
    std::vector<std::string> problems; ///< what was left out as a whole, one sentence each
};

/// "added", "updated", "known".
std::string outcomeName(ImportOutcome::Kind kind);

/// Stores imported runs in a database. A run that was imported before is recognised by its identity: its
/// curves are compared, and stored again from the first step at which they differ. Curves that are not
/// imported again, its name and its options remain. Use it on one thread.
class CurvesImport {
  public:
    /// Creates the database if it does not exist. Throws StorageError.
    explicit CurvesImport(const std::filesystem::path &database);

    /// All of the run is stored, or nothing. Throws StorageError; InvalidInput if the run has neither curves
    /// nor options.
    ImportOutcome add(const ImportedRun &run);

  private:
    void addOrUpdate(const ImportedRun &run, ImportOutcome &outcome);
    RunId addNew(const ImportedRun &run, ImportOutcome &outcome);
    void update(const RunRecord &stored, const ImportedRun &run, ImportOutcome &outcome);
    std::optional<Curves> replaceCurves(RunId id, const ImportedRun &run, ImportOutcome &outcome);
    std::int64_t store(RunId id, const Curves &curves, std::int64_t firstStep);

    ForeignRuns m_runs;
};

} // namespace simclr
