// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <string>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace simclr {

// The rows of the table of runs. All throw SQLite::Exception.

/// "SELECT id, name, … FROM runs ", for readRun().
std::string selectRuns();
/// Without tags, results, artifacts and events. Throws DamagedRecord.
RunRecord readRun(const SQLite::Statement &row);
/// The same for readShortRun().
std::string selectShortRuns();
/// A run without its documents: config, pipeline, libraries, origin.
RunRecord readShortRun(const SQLite::Statement &row);
/// In lists, one damaged record does not hide the others: the run has failed, and its failure says so.
void markDamaged(RunRecord &run, const std::string &reason);
/// read(row), or of a damaged record what can be read without it, marked.
RunRecord readOrMarked(const SQLite::Statement &row, RunRecord (*read)(const SQLite::Statement &));
/// Adds a run with status Running that belongs to this process.
RunId insertRun(SQLite::Database &database, const NewRun &run);

} // namespace simclr
