// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/artifact_paths.h"
#include "core/store/records.h"

namespace SQLite {
class Database;
}

namespace simclr {

/// Reading of runs through a connection. Throws SQLite::Exception, and DamagedRecord if stored data is
/// invalid.
class RunReader {
  public:
    RunReader(SQLite::Database &database, const ArtifactPaths &paths);

    /// The identity of the database, independent of its location.
    std::string identity() const;
    bool isEmpty() const;
    /// All runs, newest first, with results and artifacts, without notes.
    std::vector<RunRecord> runs() const;
    /// Nothing if there is no such run.
    std::optional<RunRecord> run(RunId id) const;
    std::vector<std::string> metricKeys(RunId id) const;
    std::vector<MetricPoint> curve(RunId id, const std::string &key, std::int64_t afterStep) const;
    /// The predictions stored with the result of this key.
    std::optional<Predictions> predictions(RunId id, const ResultKey &key) const;
    /// The median of the values that are not NaN.
    std::optional<double> median(RunId id, const std::string &key) const;

  private:
    std::vector<Result> results(RunId id) const;
    std::vector<ArtifactRecord> artifacts(RunId id) const;
    std::vector<NoteRecord> notes(RunId id) const;

    SQLite::Database &m_database;
    const ArtifactPaths &m_paths;
};

} // namespace simclr
