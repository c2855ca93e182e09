// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QObject>
#include <QString>
#include <filesystem>
#include <memory>
#include <vector>

namespace simclr::ui {

/// The events of the training thread since the last update. They are delivered together, so that a fast run
/// costs the UI thread one event per update and not one per step.
struct TrainingUpdate {
    std::vector<StepFinished> steps;
    std::vector<Evaluated> evaluations;
    std::vector<Diagnosed> diagnoses;

    bool isEmpty() const { return steps.empty() && evaluations.empty() && diagnoses.empty(); }
};

/// One training run in a worker thread: the worker object is moved to a QThread that this session stops and
/// waits for. stop() uses the stop source directly, because a queued call cannot reach a busy thread. Lives
/// on the UI thread; owned by the MainWindow.
class TrainingSession : public QObject {
    Q_OBJECT
  public:
    explicit TrainingSession(std::filesystem::path database, QObject *parent = nullptr);
    /// Stops the run and waits for it.
    ~TrainingSession() override;

    bool isRunning() const;
    bool isStopping() const;
    /// Whether the run is evaluating its encoder; it takes no steps meanwhile.
    bool isEvaluating() const;
    /// The configuration of the current or last run.
    const RunConfiguration &configuration() const;
    /// Known from runStarted() on; 0 before.
    RunId runId() const;
    const RunStarted &started() const;
    /// Whether the images of the current or last run have labels to evaluate with.
    bool isLabelled() const;
    const StepFinished &lastStep() const;
    /// Remaining seconds, estimated from recent throughput, evaluations included; negative while unknown.
    double secondsLeft() const;

    void start(const RunConfiguration &configuration, const DatasetPtr &dataset);
    void resume(const RunRecord &run, const DatasetPtr &dataset, const ResumeOptions &options = {});

  public Q_SLOTS:
    void stop();

  Q_SIGNALS:
    /// A start was requested; runStarted() follows, or finished() if it failed.
    void startRequested();
    void runStarted(const simclr::RunStarted &started);
    /// The run was asked to stop; finished() follows.
    void stopRequested();
    /// isEvaluating() changed.
    void evaluatingChanged();
    /// At most about 20 times per second.
    void updated(const simclr::ui::TrainingUpdate &update);
    /// One line for the event log.
    void logged(const QString &line);
    /// `end` as in RunOutcome; `message` is a sentence on what happened and what was kept.
    void finished(simclr::RunEnd end, qint64 runId, const QString &message);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr::ui
