// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"
#include "core/run/run_recorder.h"
#include "core/store/run_store.h"
#include "core/train/checkpoint.h"

#include <functional>
#include <optional>

namespace simclr {

/// The newest checkpoint of a run that can be read.
struct FoundCheckpoint {
    Checkpoint checkpoint;
    RunPath path;
    /// Sentences on newer ones that are damaged or gone: what is used instead stands at the end of each.
    std::vector<std::string> problems;
    std::vector<RunPath> rejected; ///< the files that these are about
};

/// Nothing where the run never wrote one. Files that the store does not list, which a loss of power may
/// leave, are looked at last. Throws InvalidInput where none of those it wrote can be read: to start anew
/// would throw away what is known of the run.
std::optional<FoundCheckpoint> findCheckpoint(const RunRecord &run);

/// Writes a checkpoint and lists it as the last one of a run. Throws IoError, StorageError.
void keepCheckpoint(RunStore &store, RunId run, const Checkpoint &checkpoint);

/// Of a run of so many epochs, rounded up: one that has begun counts, and 0 is the encoder before its first
/// step.
std::int64_t epochOf(const Checkpoint &checkpoint, std::int64_t epochs);

/// Epochs that the checkpoint has seen, a part of one too, of `epochs` in all.
double epochsDone(const Checkpoint &checkpoint, std::int64_t epochs);

/// The step of the best checkpoint that is kept; nothing where there is none.
std::optional<std::int64_t> bestCheckpointStep(const RunRecord &run);

/// Writes the checkpoints of a run: keeps the last few and the best. A full disk is told of and does not end
/// the run, since there may be room for the next one. Lives in the thread that trains.
class CheckpointKeeper {
  public:
    using Take = std::function<Checkpoint()>;

    /// `observer` is told of every file that is written or not needed any more: the recorder must be among
    /// those that hear it.
    CheckpointKeeper(const RunStore &store, RunId run, std::int64_t keep, Observer &observer);

    /// Removes files that a killed process left unfinished or unlisted.
    void tidy();
    /// Writes what `take` gives as the checkpoint of `step`, unless that stands already.
    void save(std::int64_t step, const Take &take);
    /// Keeps it beside the last ones until a better one comes; false where it could not be written.
    bool saveBest(std::int64_t step, const Take &take);

    double secondsSinceLast() const;
    /// Why the newest checkpoint is not on the disk; empty where it is.
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
    std::vector<ArtifactRecord> m_kept; ///< as the database will have them
    std::optional<std::int64_t> m_savedStep;
    double m_savedAt;
    std::string m_lastProblem; ///< of any attempt
    std::string m_problem;
};

} // namespace simclr
