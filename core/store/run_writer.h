// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/change_journal.h"
#include "core/store/run_changes.h"
#include "core/store/run_reader.h"

#include <map>
#include <span>

namespace simclr {

/// Writing of runs through a connection; the functions are those of RunStore. Throws SQLite::Exception, and
/// InvalidInput if there is no such run. `file` is the database.
class RunWriter {
  public:
    RunWriter(SQLite::Database &database, const RunReader &reader, const ArtifactPaths &paths,
              std::filesystem::path file);

    RunId createRun(const NewRun &run);
    void reopenRun(RunId id, std::int64_t step, const std::string &device);
    void finishRun(RunId id, RunStatus status, const std::string &failure, const std::string &weightsSha256);
    void apply(RunId id, const RunChanges &changes);
    void addMetrics(RunId id, std::span<const KeyedMetric> points);
    void replaceDataset(RunId id, const DatasetRecord &dataset);
    void rename(RunId id, const std::string &name);
    /// Deletes from the database only.
    void remove(RunId id);
    /// Runs with status Running that no process writes any more, or that left a journal.
    std::vector<RunId> recoverableRuns() const;
    /// Writes the records of a run's journals and returns the journals, to be deleted. Does nothing to a run
    /// that is being written.
    std::vector<LeftJournal> takeJournals(RunId id);
    int markInterrupted();
    /// The last recorded time of a run whose process is gone.
    double lastSign(RunId id) const;

    [[noreturn]] void throwMissing(RunId id) const;

  private:
    bool hasRun(RunId id) const;
    void requireRun(RunId id) const;
    std::vector<std::string> storedPaths(RunId id) const;
    std::map<std::string, std::int64_t> metricIds(std::span<const KeyedMetric> points);
    void insertPoints(RunId run, std::span<const KeyedMetric> points);
    template <typename Write>
    void inTransaction(RunId id, Write write);
    /// Runs with status Running, whether or not their process runs.
    std::vector<RunId> runningRuns(bool alive) const;
    // Inside a transaction.
    void tellOnce(RunId id, const std::string &message);
    void write(RunId id, const RunChanges &changes);
    void write(RunId id, std::span<const KeyedMetric> points);
    void write(RunId id, const Result &result);
    void write(RunId id, const ArtifactRecord &artifact);
    void write(RunId id, const ArtifactRemoved &removed);
    void write(RunId id, const NoteRecord &note);
    void write(RunId id, const RunEnded &ended);
    void markEnded(RunId id, const std::string &status, const std::string &failure, double finished,
                   const std::string &weights);

    SQLite::Database &m_database;
    const RunReader &m_reader;
    const ArtifactPaths &m_paths;
    std::filesystem::path m_file;
};

} // namespace simclr
