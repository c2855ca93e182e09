// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_changes.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>

namespace simclr {

/// The database of runs: one SQLite file in WAL mode. An object is one connection and belongs to one thread;
/// any number of threads and processes may each have their own. Every function throws StorageError, naming
/// the file.
class RunStore {
  public:
    enum class Access { ReadWrite, ReadOnly };

    /// Opens the file, creating it (and its folder) if it does not exist and ReadWrite is requested; migrates
    /// an older one after a backup next to it. A newer or foreign file is refused unchanged. If another
    /// connection locks the file, each function waits for up to `patience` and then throws DatabaseLocked.
    explicit RunStore(const std::filesystem::path &file, Access access = Access::ReadWrite,
                      std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~RunStore();
    RunStore(RunStore &&) noexcept;
    RunStore &operator=(RunStore &&) noexcept;

    const std::filesystem::path &file() const;
    /// Whether the file still exists under its name. If it was deleted or replaced after it was opened,
    /// SQLite loses all writes without an error.
    bool isStillThere() const;

    /// Adds a run with status Running that belongs to this process.
    RunId createRun(const NewRun &run);
    /// Resumes a run: status Running, owned by this process; metrics, results and artifacts after `step` are
    /// deleted, so that nothing is stored twice. `device` is the new device; empty if unchanged.
    void reopenRun(RunId id, std::int64_t step, const std::string &device = {});
    /// Ends a run. `failure` is kept for Failed only. Sets images_per_second to the median over its steps.
    void finishRun(RunId id, RunStatus status, const std::string &failure, const std::string &weightsSha256);

    /// One transaction for all points; also moves the run's last step and epoch.
    void addMetrics(RunId id, std::span<const KeyedMetric> points);
    /// A result replaces that of the same key, predictions included; an artifact that of the same path.
    void add(RunId id, RunEntry entry);
    void addNote(RunId id, const std::string &message);
    /// The run resumes with other images than it started with. Results on the previous images are kept in
    /// their own scope: their dataset is the previous fingerprint.
    void replaceDataset(RunId id, const DatasetRecord &dataset);

    /// All runs, newest first, with results and artifacts, without notes.
    std::vector<RunRecord> runs() const;
    /// Throws InvalidInput if there is no such run.
    RunRecord run(RunId id) const;
    std::vector<std::string> metricKeys(RunId id) const;
    /// One curve in the order of its steps, from the step after `afterStep`.
    std::vector<MetricPoint> curve(RunId id, const std::string &key, std::int64_t afterStep = 0) const;

    /// The predictions per image of the result of this key; nothing if none were stored.
    std::optional<Predictions> predictions(RunId id, const ResultKey &key) const;

    void rename(RunId id, const std::string &name);
    /// Deletes the run, its curves and its files. A running run is refused with InvalidInput.
    void remove(RunId id);

    /// All of them in one transaction.
    void apply(RunId id, const RunChanges &changes);
    /// Imports the records that the run could not write while the database was locked (ChangeJournal). Does
    /// nothing to a run that is still being written.
    void recover(RunId id);
    /// Recovers runs marked Running whose process is gone, or could not write their end; those that had not
    /// ended become Interrupted. Returns their number.
    int markInterrupted();
    /// The time of the run's last metric; of its creation if it has none.
    double lastSign(RunId id) const;

    /// A number that changes whenever any connection has changed the file: cheap to query, for refreshing
    /// views.
    std::int64_t changeCounter() const;

    /// The folder for a run's files, next to the database; created on demand.
    std::filesystem::path filesFolder(RunId id) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The default database: simclr-workbench/runs.sqlite in userDataFolder(). Throws IoError if that is unknown.
std::filesystem::path defaultDatabasePath();

} // namespace simclr
