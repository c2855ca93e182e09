// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "ui/workspace/compute_queue.h"

#include <QWidget>

namespace simclr::ui {

class PipelineDocument;
class QueueForecast;
class QueuePanel;
class RunCheck;
class RunMonitor;
class TrainControls;
class TrainForm;
class TrainingSession;
class Workspace;

/// Left what is prepared: the options of the next run, which are checked, measured and submitted. Right what
/// runs: live plots, the event log, and the queue. Owned by the MainWindow, which also owns the arguments of
/// the constructor.
class TrainPage : public QWidget {
    Q_OBJECT
  public:
    TrainPage(Workspace &workspace, PipelineDocument &document, ComputeQueue &queue, TrainingSession &session,
              QWidget *parent = nullptr);
    ~TrainPage() override;

    /// Prepares a run like a stored one: its options and name now, and the form says from then on what
    /// differs. Whoever calls opens its images and its pipeline. Returns false, and shows the reason, if this
    /// version does not understand the run.
    bool prepareLike(const RunRecord &run);
    /// The options of the next run.
    TrainForm &form() const;
    /// Puts the keyboard focus on the list of jobs.
    void showQueuedJobs();

  Q_SIGNALS:
    /// The form is reset to a run that has this pipeline.
    void pipelineRequested(const simclr::Json &pipeline);

  protected:
    void showEvent(QShowEvent *event) override;

  private:
    void buildLayout();
    QWidget *scrolled(QWidget *right);
    void connectInputs();
    void connectRuns();
    void connectQueue();
    void offerToResume();
    void showQueue();
    RunConfiguration configuration() const;
    void connectSeveral();
    void showDifferences();
    void resetToRun();
    void submit(const std::vector<TrainJob> &jobs);
    void submitSeeds(const QString &seeds);
    void askForGrid();
    void recheck();
    void start();
    void measure();
    void measured(const JobOutcome &outcome);
    void showMessage(const QString &message, bool isProblem = false);
    void showMeasured(const QString &message, bool isProblem = false);

    Workspace &m_workspace;
    PipelineDocument &m_document;
    ComputeQueue &m_queue;
    TrainingSession &m_session;
    RunCheck *m_check;
    JobId m_measurement;               ///< in the queue; empty: none
    bool m_measuresOldOptions = false; ///< the options have changed since then
    QString m_measuredDifferences;     ///< of the measured options from the recipe
    bool m_isCheckDue = false;         ///< something changed while the page was hidden
    bool m_showsEstimate = false;      ///< the message shows a measurement
    QString m_unreadable;              ///< the last problem in reading the store
    QueueForecast *m_forecast;
    TrainControls *m_controls;
    RunMonitor *m_monitor;
    QueuePanel *m_queuePanel;
};

} // namespace simclr::ui
