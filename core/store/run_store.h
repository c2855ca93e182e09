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

    /// Opens the file, creating it (and its folder) where it does not exist and ReadWrite is asked for;
    /// migrates an older one after backing it up beside itself. A newer or foreign file is refused untouched.
    /// Where other connections have the file for themselves, each function waits for it, as long as
    /// `patience`, and throws DatabaseLocked then.
    explicit RunStore(const std::filesystem::path &file, Access access = Access::ReadWrite,
                      std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~RunStore();
    RunStore(RunStore &&) noexcept;
    RunStore &operator=(RunStore &&) noexcept;

    const std::filesystem::path &file() const;
    /// Whether the file still stands under its name. Where it was deleted or replaced since it was opened,
    /// what is written is lost without a word from SQLite.
    bool isStillThere() const;

    /// Adds a run with status Running that belongs to this process.
    RunId createRun(const NewRun &run);
    /// A run goes on: status Running, owned by this process; metrics, results and artifacts after `step` are
    /// removed, so that nothing stands twice. `device` is where it goes on; empty where that is the same.
    void reopenRun(RunId id, std::int64_t step, const std::string &device = {});
    /// Ends a run. `failure` is kept for Failed only. Sets images_per_second to the median over its steps.
    void finishRun(RunId id, RunStatus status, const std::string &failure, const std::string &weightsSha256);

    /// One transaction for all points; also moves the run's last step and epoch.
    void addMetrics(RunId id, std::span<const KeyedMetric> points);
    /// A result takes the place of that of the same key, predictions included; an artifact that of the same
    /// path.
    void add(RunId id, RunEntry entry);
    void addNote(RunId id, const std::string &message);
    /// The run goes on with other images than it began with. Results on those from before stay, in a scope of
    /// their own: their dataset is the fingerprint from before.
    void replaceDataset(RunId id, const DatasetRecord &dataset);

    /// All runs, newest first, with results and artifacts, without notes.
    std::vector<RunRecord> runs() const;
    /// Throws InvalidInput where there is no such run.
    RunRecord run(RunId id) const;
    std::vector<std::string> metricKeys(RunId id) const;
    /// One curve in the order of its steps, from the step after `afterStep`.
    std::vector<MetricPoint> curve(RunId id, const std::string &key, std::int64_t afterStep = 0) const;

    /// Image by image, the predictions behind the result of this key; nothing where none were stored.
    std::optional<Predictions> predictions(RunId id, const ResultKey &key) const;

    void rename(RunId id, const std::string &name);
    /// Removes the run, its curves and its files. A running run is refused with InvalidInput.
    void remove(RunId id);

    /// All of them in one transaction.
    void apply(RunId id, const RunChanges &changes);
    /// Takes in what the run could not write while the database was locked (ChangeJournal). Does nothing to
    /// a run that is still being written.
    void recover(RunId id);
    /// Runs marked Running whose process is gone, or has ended them without being able to write that, are
    /// recovered; those that had not ended become Interrupted. Returns how many.
    int markInterrupted();
    /// When the run last added a metric; when it was created, where it has none.
    double lastSign(RunId id) const;

    /// A number that changes whenever any connection has changed the file: cheap to ask, for refreshing
    /// views.
    std::int64_t changeCounter() const;

    /// The folder for a run's files, beside the database; created when asked for.
    std::filesystem::path filesFolder(RunId id) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Where runs are kept when nothing else is said: simclr-workbench/runs.sqlite in userDataFolder(). Throws
/// IoError where that is not known.
std::filesystem::path defaultDatabasePath();

} // namespace simclr
