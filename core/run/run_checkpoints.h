// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"
#include "core/run/run_recorder.h"
#include "core/store/run_store.h"
#include "core/train/checkpoint.h"

#include <functional>
#include <optional>

namespace simclr {

/// The newest readable checkpoint of a run.
struct FoundCheckpoint {
    Checkpoint checkpoint;
    RunPath path;
    /// Sentences on newer ones that are damaged or missing; each ends with the checkpoint used instead.
    std::vector<std::string> problems;
    std::vector<RunPath> rejected; ///< the files of these sentences
};

/// Nothing if the run never wrote one. Files that the store does not list, as after a loss of power, are
/// tried last. Throws InvalidInput if none of its checkpoints can be read: starting again would discard the
/// recorded run.
std::optional<FoundCheckpoint> findCheckpoint(const RunRecord &run);

/// Writes a checkpoint and lists it as the newest one of a run. Throws IoError, StorageError.
void keepCheckpoint(RunStore &store, RunId run, const Checkpoint &checkpoint);

/// The epoch of the checkpoint in a run of so many epochs, rounded up: 0 is the encoder before its first
/// step.
std::int64_t epochOf(const Checkpoint &checkpoint, std::int64_t epochs);

/// Epochs done at the checkpoint, including a fraction, of `epochs` in total.
double epochsDone(const Checkpoint &checkpoint, std::int64_t epochs);

/// The step of the best checkpoint that is kept; nothing if there is none.
std::optional<std::int64_t> bestCheckpointStep(const RunRecord &run);

/// Writes the checkpoints of a run: keeps the last few and the best. A full disk is reported and does not end
/// the run, since there may be space for the next one. Lives in the thread that trains.
class CheckpointKeeper {
  public:
    using Take = std::function<Checkpoint()>;

    /// `observer` receives every file that is written or no longer needed: it must include the recorder.
    CheckpointKeeper(const RunStore &store, RunId run, std::int64_t keep, Observer &observer);

    /// Deletes files that a killed process left unfinished or unlisted.
    void tidy();
    /// Writes the result of `take` as the checkpoint of `step`, unless it is already written.
    void save(std::int64_t step, const Take &take);
    /// Keeps it in addition to the recent ones until a better one exists; false if it could not be written.
    bool saveBest(std::int64_t step, const Take &take);

    double secondsSinceLast() const;
    /// Why the newest checkpoint is not on disk; empty if it is.
    const std::string &problem() const { return m_problem; }

  private:
    void remember(ArtifactRecord checkpoint);
    void dropOld();
    void dropBestBut(const std::filesystem::path &kept);
    void drop(const ArtifactRecord &checkpoint);
    void notSaved(std::int64_t step, const std::string &reason);
    template <typename Write>
    bool attempt(std::int64_t step, Write write);

    const RunStore &m_store;
    RunId m_run;
    std::size_t m_keep;
    Observer &m_observer;
    std::vector<ArtifactRecord> m_kept; ///< as they will be in the database
    std::optional<std::int64_t> m_savedStep;
    double m_savedAt;
    std::string m_lastProblem; ///< of any attempt
    std::string m_problem;
};

} // namespace simclr
