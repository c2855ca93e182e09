// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "ui/workspace/compute_queue.h"

#include <QObject>
#include <QString>
#include <vector>

namespace simclr::ui {

/// What is known of the training in progress, or of the last one: the figures that several parts of the
/// window show. It follows the ComputeQueue, which executes the training. Lives on the UI thread; owned by
/// the MainWindow.
class TrainingSession : public QObject {
    Q_OBJECT
  public:
    explicit TrainingSession(ComputeQueue &queue, QObject *parent = nullptr);

    bool isRunning() const { return !m_job.isEmpty(); }
    bool isStopping() const;
    /// Whether the run is evaluating its encoder; it takes no steps meanwhile.
    bool isEvaluating() const { return isRunning() && m_evaluating; }
    /// Whether the training waits to be resumed.
    bool isPaused() const { return isRunning() && m_paused; }
    /// Whether it stops after its epoch.
    bool stopsAfterEpoch() const;
    /// Known from runStarted() on; 0 before, unless a stored run is resumed.
    RunId runId() const { return m_started.runId; }
    const RunStarted &started() const { return m_started; }
    const StepFinished &lastStep() const { return m_lastStep; }
    /// Remaining seconds, estimated from recent throughput, evaluations included; negative while unknown.
    double secondsLeft() const;
    /// The same until the end of the epoch, without evaluations.
    double secondsLeftInEpoch() const;

  public Q_SLOTS:
    void stop();
    /// The training waits after its current step, and frees the processors.
    void pause();
    void resume();
    /// Evaluates on the validation images after the current step.
    void evaluateNow();
    void checkpointNow();
    /// Stops after the current epoch and its evaluation; false takes it back.
    void setStopAfterEpoch(bool stops);

  Q_SIGNALS:
    /// A training was started; runStarted() follows, or finished() if it failed.
    void startRequested();
    void runStarted(const simclr::RunStarted &started);
    /// The run was asked to stop; finished() follows.
    void stopRequested();
    /// isEvaluating() changed.
    void evaluatingChanged();
    /// isPaused() changed.
    void pausedChanged();
    /// A rule of the user is met.
    void ruleFired(const QString &message, bool stops);
    /// At most about 20 times per second.
    void updated(const simclr::ui::TrainingUpdate &update);
    /// One line for the event log.
    void logged(const QString &line);
    /// `end` as in RunOutcome; `message` is a sentence on what happened and what was kept.
    void finished(simclr::RunEnd end, qint64 runId, const QString &message);

  private:
    void begin(const QueuedJob &job);
    void take(const JobUpdate &update);
    void finish(const JobOutcome &outcome);

    ComputeQueue &m_queue;
    JobId m_job; ///< empty while nothing trains
    RunStarted m_started;
    StepFinished m_lastStep;
    std::vector<Evaluated> m_evaluations;
    bool m_evaluating = false;
    bool m_paused = false;
};

} // namespace simclr::ui
