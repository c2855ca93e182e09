// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/artifacts.h"
#include "core/store/events.h"
#include "core/store/metrics.h"
#include "core/store/results.h"
#include "core/store/run_changes.h"
#include "core/store/run_hold.h"
#include "core/store/run_listing.h"
#include "core/store/run_options.h"
#include "core/store/tags.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// Which runs a list contains.
enum class TrashedRuns { LeftOut, Only };

/// The runs of a database: each with all that belongs to it, except its curves. A part of RunStore, see
/// there.
class Runs {
  public:
    explicit Runs(Connection &connection);

    /// All runs that are not in the trash, or only those that are; newest first, with tags, results and
    /// artifacts, without events.
    std::vector<RunRecord> all(TrashedRuns which = TrashedRuns::LeftOut) const;
    /// In short form, those that have changed after a revision: see listRuns().
    RunListing list(std::int64_t revision = 0) const { return listRuns(m_connection, revision); }
    /// Throws InvalidInput if there is no such run.
    RunRecord one(RunId id) const;

    /// Adds a run with status Running that belongs to this process, and its options as rows.
    RunId create(const NewRun &run);
    /// Resumes a run: status Running, owned by this process; metrics, results and artifacts after `step` are
    /// deleted, so that nothing is stored twice. It leaves the trash. `device` is the new device; empty if
    /// unchanged.
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
    /// Keeps the run from being deleted, by any process, as long as the object exists. Throws InvalidInput if
    /// it is being deleted.
    [[nodiscard]] RunHold hold(RunId id);
    /// Deletes the run, its curves and the folder of its files, which may be missing. A run that is running
    /// or held is refused with InvalidInput.
    void remove(RunId id);
    /// The same if the run exists and is in the trash; otherwise returns false.
    bool removeFromTrash(RunId id);

  private:
    std::vector<RunRecord> readAll(TrashedRuns which) const;
    RunRecord readOne(RunId id) const;
    void markRunning(RunId id, std::int64_t step, const std::string &device);
    std::optional<double> speedOf(RunId id);
    bool isInTrash(RunId id) const;
    std::filesystem::path lockableFolder(RunId id);
    RunHold heldForDeletion(RunId id);
    void removeRecord(RunId id);
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
    RunOptions m_options;
    Tags m_tags;
};

} // namespace simclr
