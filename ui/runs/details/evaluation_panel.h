// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/runs/details/evaluation_choice.h"
#include "ui/workspace/compute_queue.h"

#include <QWidget>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QTreeView;

namespace simclr::ui {

class InlineMessage;
class ParameterForm;
class ResultsModel;
class Workspace;

/// Evaluates the selected runs by the selected protocols, each as a job of its own, and lists all results of
/// the one selected run. Owned by the RunsPage.
class EvaluationPanel : public QWidget {
    Q_OBJECT
  public:
    EvaluationPanel(Workspace &workspace, ComputeQueue &queue, QWidget *parent = nullptr);

    /// The selected runs; the results of one are listed.
    void setRuns(const std::vector<RunRecord> &runs);

  private:
    QWidget *buildForms();
    QWidget *buildResults();
    void evaluate();
    void cancel();
    void updateButtons();
    void finished(const QueuedJob &job, const JobOutcome &outcome, const QStringList &notes);
    QString progressText(const QueuedJob &job) const;
    /// The evaluation of the selected run that waits or is in progress; nullptr if there is none.
    const QueuedJob *current() const;
    EvaluationRequest request() const;
    /// Why nothing can be evaluated now; empty if it can.
    QString obstacle() const;
    QString obstacleOf(const RunRecord &run) const;
    bool isQueued(const RunRecord &run) const;
    /// Of the selected runs, those that can be evaluated and do not wait for it already.
    std::vector<RunId> evaluable() const;
    void showSeveral();
    EvaluateJob jobFor(RunId run) const;
    bool areSeveral() const { return m_runs.size() > 1; }

    Workspace &m_workspace;
    ComputeQueue &m_queue;
    std::vector<RunRecord> m_runs;  ///< the selected ones
    std::optional<RunRecord> m_run; ///< the only one
    EvaluationChoice m_choice;
    EvaluationOptions m_options;
    ResultsModel *m_results;
    ParameterForm *m_what;
    ParameterForm *m_how;
    ParameterForm *m_trainingForm;
    QPushButton *m_start;
    QPushButton *m_cancel; ///< shown while current() exists
    QLabel *m_state;
    QString m_outcome;      ///< of the last evaluation, …
    RunId m_outcomeRun = 0; ///< … which was of this run
    InlineMessage *m_problem;
    QTreeView *m_view;
};

} // namespace simclr::ui
