// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

namespace SQLite {
class Database;
}

namespace simclr {

// Writing of results inside the transaction of a RunWriter. All throw SQLite::Exception.

/// Replaces the result of the same key, with its predictions.
void insertResult(SQLite::Database &database, RunId run, const Result &result);

/// Deletes the results of epochs that end after `step`.
void removeResultsAfter(SQLite::Database &database, RunId run, std::int64_t step);

/// Results on the run's own images become results on those from before a change: their scope names the run's
/// dataset from before the change.
void setApartResults(SQLite::Database &database, RunId run);

/// The key as it is stored. Throws DamagedRecord, naming the run.
ResultKey storedKey(const std::string &text, RunId run);

} // namespace simclr
