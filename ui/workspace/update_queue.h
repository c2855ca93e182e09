// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"
#include "ui/workspace/time_left.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace simclr::ui {

/// The measurements of a training since the last update. They are delivered together, so that a fast run
/// costs the UI thread one event per update and not one per step.
struct TrainingUpdate {
    std::vector<StepFinished> steps;
    std::vector<Evaluated> evaluations;
    std::vector<Diagnosed> diagnoses;

    bool isEmpty() const { return steps.empty() && evaluations.empty() && diagnoses.empty(); }
};

/// The events of a job since the last update.
struct JobUpdate {
    std::optional<RunStarted> started;
    TrainingUpdate training;
    QStringList lines;         ///< for the event log
    QStringList notes;         ///< problems that did not stop the job, one sentence each
    QString activity;          ///< the current activity in a few words; empty if it is training
    bool isEvaluating = false; ///< the state when the update is taken
    bool isPaused = false;     ///< the training waits to be resumed
    std::vector<RuleFired> rules;
};

/// Collects the events of a job until the UI thread takes them. `wake` is called in the job's thread, without
/// the lock, for the first event after each take().
class UpdateQueue : public ListeningObserver<UpdateQueue> {
  public:
    explicit UpdateQueue(std::function<void()> wake) : m_wake(std::move(wake)) {}

    /// Resets the queue for a new job; to be called before it starts.
    void begin();
    JobUpdate take();
    /// Seconds until the end of a training; negative while unknown.
    double secondsLeft() const;
    /// The same until the end of its epoch.
    double secondsLeftInEpoch() const;

    void hear(const RunStarted &started);
    void hear(const StepFinished &step);
    void hear(const EpochFinished &finished);
    void hear(const Diagnosed &diagnosed);
    void hear(const EvaluationStarted &started);
    void hear(const EvaluationTrained &trained);
    void hear(const Evaluated &evaluated);
    void hear(const CheckpointWritten &written);
    void hear(const TrainingPaused &paused);
    void hear(const RuleFired &rule);
    void hear(const Noted &noted);
    void hear(const Progressed &progressed);

  private:
    /// Changes the update under the lock, then wakes without it.
    template <typename Change>
    void put(Change change);

    std::function<void()> m_wake;
    mutable std::mutex m_mutex;
    JobUpdate m_update;
    QString m_activity;
    bool m_announced = false;
    bool m_evaluating = false;
    bool m_paused = false;
    TimeLeft m_timeLeft;
    StepFinished m_lastStep;
};

} // namespace simclr::ui
