// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/artifacts.h"
#include "core/store/events.h"
#include "core/store/metrics.h"
#include "core/store/results.h"
#include "core/store/run_changes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// The runs of a database: each with all that belongs to it, except its curves. A part of RunStore, see
/// there.
class Runs {
  public:
    explicit Runs(Connection &connection);

    /// All runs, newest first, with results and artifacts, without notes.
    std::vector<RunRecord> all() const;
    /// Throws InvalidInput if there is no such run.
    RunRecord one(RunId id) const;

    /// Adds a run with status Running that belongs to this process.
    RunId create(const NewRun &run);
    /// Resumes a run: status Running, owned by this process; metrics, results and artifacts after `step` are
    /// deleted, so that nothing is stored twice. `device` is the new device; empty if unchanged.
    void reopen(RunId id, std::int64_t step, const std::string &device = {});
    /// All of them in one transaction.
    void apply(RunId id, const RunChanges &changes);
    /// Ends a run. Sets images_per_second to the median over its steps.
    void finish(RunId id, const RunEnded &ended);
    /// The same at the current time. `failure` is kept for Failed only.
    void finish(RunId id, RunStatus status, const std::string &failure, const std::string &weightsSha256);

    /// The run resumes with other images than it started with. Results on the previous images are kept in
    /// their own scope: their dataset is the previous fingerprint.
    void replaceDataset(RunId id, const DatasetRecord &dataset);
    void rename(RunId id, const std::string &name);
    /// Deletes the run, its curves and its files. A running run is refused with InvalidInput.
    void remove(RunId id);

  private:
    std::vector<RunRecord> readAll() const;
    RunRecord readOne(RunId id) const;
    void markRunning(RunId id, std::int64_t step, const std::string &device);
    // One entry of RunChanges.
    void add(RunId id, const Result &result) { m_results.add(id, result); }
    void add(RunId id, const ArtifactRecord &artifact) { m_artifacts.add(id, artifact); }
    void add(RunId id, const ArtifactRemoved &removed) { m_artifacts.remove(id, removed.path); }
    void add(RunId id, const NoteRecord &note) { m_events.add(id, note); }
    void add(RunId id, const RunEnded &ended) { finish(id, ended); }

    Connection &m_connection;
    Metrics m_metrics;
    Results m_results;
    Artifacts m_artifacts;
    Events m_events;
};

} // namespace simclr
