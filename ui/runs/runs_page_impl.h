// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/runs_page.h"
#include "ui/runs/table/runs_filter.h"
#include "ui/runs/table/runs_model.h"
#include "ui/workspace/run_resumer.h"

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace simclr::ui {

class ComparisonPanel;
class RunCatalogue;
class CurvesPanel;
class EvaluationPanel;
class RunDetails;
class RunsFilterBar;
class RunsTable;

/// The implementation of the RunsPage, which shows the runs of the workspace's RunCatalogue.
struct RunsPage::Impl {
    Impl(RunsPage &owner, Workspace &space, TrainingSession &training, EvaluationSession &evaluation);

    QWidget *buildPanels();
    void buildLayout();
    void connectAll();
    void connectFilter();
    void filter();
    void connectSession();
    void connectEvaluation();
    void applyLook();

    void becomeVisible();
    void becomeHidden();
    void showRuns();
    void selectNow(RunId run, bool isWanted);
    void showCount();
    void forgetRestarted(const std::vector<RunRecord> &newer);
    void selectRun(RunId run);
    void showSelection();
    void showDetails(const QList<qint64> &selected);
    void askToContinue(qint64 run);
    void askToRemove(const QList<qint64> &runs);
    void removed(const QList<qint64> &runs, const QString &problem);
    /// The text stays until the user's next action.
    void showProblem(const QString &problem);
    /// The text stays until the store can be read again.
    void showUnreadable(const QString &problem);

    RunsPage &m_owner;
    RunCatalogue &m_runs;
    TrainingSession &m_session;
    EvaluationSession &m_evaluation;
    RunResumer m_resumer;
    RunId m_toSelect = 0; ///< to be selected once it is in the table
    QString m_unreadable; ///< the last problem in reading the store
    RunsModel m_model;
    RunsFilter m_filter;
    QStackedWidget *m_stack;
    RunsFilterBar *m_bar;
    QLabel *m_problem;
    RunsTable *m_table;
    QTabWidget *m_tabs;
    CurvesPanel *m_curves;
    ComparisonPanel *m_comparison;
    RunDetails *m_details;
    EvaluationPanel *m_evaluations;
};

} // namespace simclr::ui
