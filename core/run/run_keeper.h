// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_checkpoints.h"
#include "core/run/run_recorder.h"
#include "core/run/training.h"
#include "core/store/run_store.h"

#include <span>
#include <stop_token>
#include <string>

namespace simclr {

/// Tracks the best accuracy on the validation images.
class BestTracker : public ListeningObserver<BestTracker> {
  public:
    /// Starts from the accuracy of the best checkpoint of `run`; a result whose checkpoint was not kept does
    /// not count.
    explicit BestTracker(const RunRecord &run) {
        const std::optional<std::int64_t> step = bestCheckpointStep(run);
        if (!step || run.totalSteps == 0)
            return;
        const std::int64_t epoch = *step * run.totalEpochs / run.totalSteps;
        for (const Result &result : run.results)
            if (isWatched(result.key) && result.key.place.epoch == epoch)
                m_best = result.value;
    }
    void hear(const Evaluated &evaluated) {
        if (isWatched(evaluated.result.key) && evaluated.result.key.place.epoch > 0)
            m_latest = evaluated.result.value;
    }
    /// Starts the evaluation of an epoch: resets the latest accuracy.
    void forgetLatest() { m_latest.reset(); }
    bool isImproved() const { return m_latest && *m_latest > m_best; }
    void accept() { m_best = m_latest.value_or(m_best); }

  private:
    static bool isWatched(const ResultKey &key) {
        return key.protocol == Protocol::Linear && key.split == Split::Validation && key.isPlain();
    }

    double m_best = -1;
    std::optional<double> m_latest; ///< of the current epoch
};

/// Keeps a run: what happens in the database, its states beside it. Lives in the thread that trains.
class RunKeeper : public TrainingKeeper {
  public:
    /// `others` are told of everything after it is recorded. Throws StorageError.
    RunKeeper(RunStore &store, RunId run, const TrainOptions &options, std::span<Observer *const> others);

    /// Stores the initial weights of a run that starts with some: the baseline at its end needs them, perhaps
    /// after a resume. Removes files that a killed process left.
    void begin(const NamedTensors &initialWeights);
    /// What a Training reports to.
    Observer &observer() { return m_all; }

    bool isCheckpointDue() const override;
    void checkpoint(const Pretrainer &pretrainer) override;
    void beforeEvaluation() override;
    void afterEvaluation(const Pretrainer &pretrainer) override;

    /// Why the newest checkpoint is not on the disk; empty if it is.
    const std::string &problem() const { return m_checkpoints.problem(); }
    /// Records the end and waits for it, see RunRecorder::finish(). What goes wrong becomes a part of the
    /// outcome.
    RunOutcome finish(RunEnd end, std::string failure, const std::string &weightsHash,
                      const std::stop_token &stop);

  private:
    RunStore &m_store;
    RunId m_run;
    double m_checkpointMinutes;
    ObserverList m_others;
    RunRecorder m_recorder;
    BestTracker m_best;
    ObserverList m_all;
    CheckpointKeeper m_checkpoints;
};

/// Records that a run failed, if that is still possible: the database itself may have failed.
void recordFailure(RunStore &store, RunId run, const std::string &failure);

} // namespace simclr
