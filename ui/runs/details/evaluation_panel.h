// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/runs/details/evaluation_choice.h"
#include "ui/workspace/compute_queue.h"

#include <QWidget>
#include <optional>

class QLabel;
class QPushButton;
class QTreeView;

namespace simclr::ui {

class InlineMessage;
class ParameterForm;
class ResultsModel;
class Workspace;

/// Evaluates the one selected run by the selected protocols, and lists all its results. Owned by the
/// RunsPage.
class EvaluationPanel : public QWidget {
    Q_OBJECT
  public:
    EvaluationPanel(Workspace &workspace, ComputeQueue &queue, QWidget *parent = nullptr);

    /// Empty: no run, or more than one, is selected.
    void setRun(const std::optional<RunRecord> &run);

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
    EvaluateJob job() const;
    /// Why the run cannot be evaluated now; empty if it can.
    QString obstacle() const;

    Workspace &m_workspace;
    ComputeQueue &m_queue;
    std::optional<RunRecord> m_run;
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
