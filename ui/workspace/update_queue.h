// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"
#include "ui/workspace/time_left.h"
#include "ui/workspace/training_session.h"

#include <QStringList>
#include <functional>
#include <mutex>
#include <optional>

namespace simclr::ui {

/// Collects the events of the training thread until the UI thread takes them. `wake` is called in the
/// training thread, without the lock, for the first event after each take().
class UpdateQueue : public ListeningObserver<UpdateQueue> {
  public:
    struct Batch {
        std::optional<RunStarted> started;
        TrainingUpdate update;
        QStringList lines;
        bool evaluating = false; ///< the state when the batch is taken
    };

    explicit UpdateQueue(std::function<void()> wake) : m_wake(std::move(wake)) {}

    /// Resets the queue for a new run; to be called before its job starts.
    void begin(std::int64_t evaluateEvery);
    Batch take();
    double secondsLeft() const;

    void hear(const RunStarted &started);
    void hear(const StepFinished &step);
    void hear(const EpochFinished &finished);
    void hear(const Diagnosed &diagnosed);
    void hear(const EvaluationStarted &started);
    void hear(const Evaluated &evaluated);
    void hear(const CheckpointWritten &written);
    void hear(const Noted &noted);

  private:
    /// Changes the batch under the lock, then wakes without it.
    template <typename Change>
    void put(Change change);

    std::function<void()> m_wake;
    mutable std::mutex m_mutex;
    Batch m_batch;
    bool m_announced = false;
    bool m_evaluating = false;
    std::int64_t m_evaluateEvery = 0;
    TimeLeft m_timeLeft;
    StepFinished m_lastStep;
};

} // namespace simclr::ui
