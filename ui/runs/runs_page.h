// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/workspace/run_catalogue.h"

#include <QWidget>

class QLabel;
class QMenu;
class QStackedWidget;
class QTabWidget;

namespace simclr::ui {

class BriefMessage;
class CompareTabs;
class ComputeQueue;
class CurvesPanel;
class EvaluationPanel;
class ExplorePanel;
class ExchangeButton;
class InlineMessage;
class RunActions;
class RunDetails;
class RunExports;
class RunsPanel;
class TrainingSession;
class Workspace;

/// The table of the runs of the workspace's RunCatalogue, and below it their curves, their comparison and the
/// details of one run. Owned by the MainWindow, which also owns the arguments of the constructor.
class RunsPage : public QWidget {
    Q_OBJECT
  public:
    RunsPage(Workspace &workspace, ComputeQueue &queue, TrainingSession &session, QWidget *parent = nullptr);
    ~RunsPage() override;

    void selectRun(RunId run);
    /// Shows the images on which two runs disagree, by this evaluation.
    void showDisagreement(RunId first, RunId second, const ResultKey &key);

  Q_SIGNALS:
    /// The empty page's button was pressed.
    void trainRequested();
    /// The user wants to open this run's pipeline on the Design page.
    void pipelineRequested(const simclr::Json &pipeline);
    /// The user wants to train again with this run's images, pipeline and options.
    void trainAgainRequested(const simclr::RunRecord &run);

  protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    /// Event files, CSV files and databases of runs are imported; the window takes other files.
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    QWidget *buildPanels();
    void buildLayout();
    void buildMessages();
    void buildExchange();
    void connectTable();
    void connectRuns();
    void connectQueue(const TrainingSession &session);
    void applyLook();
    /// Hides or shows the curves of selected runs.
    void addCurveActions(QMenu &menu, const QList<qint64> &runs);

    void showEvaluation();
    void showRuns();
    void forgetRestarted(const std::vector<RunPtr> &newer);
    void showSelection();
    void showCurves(const std::vector<RunRecord> &runs, std::size_t selected);
    void askToContinue(qint64 run);
    QString reasonToKeep(const QList<qint64> &runs) const;
    void remove(const QList<qint64> &runs);
    /// Moves them to the trash, or asks whether to delete them.
    void removeRequested(const QList<qint64> &runs, bool isForGood);
    void askToRemove(const QList<qint64> &runs);
    void removed(const QList<qint64> &runs, const QString &problem);
    /// The text stays until the user's next action.
    void showProblem(const QString &problem);
    /// The text stays until the store can be read again.
    void showUnreadable(const QString &problem);

    RunCatalogue &m_runs;
    ComputeQueue &m_queue;
    QList<qint64> m_selected; ///< what the panels show
    QString m_unreadable;     ///< the last problem in reading the store
    QStackedWidget *m_stack;
    QLabel *m_problem;
    QLabel *m_done;
    BriefMessage *m_brief;     ///< shows m_done
    InlineMessage *m_exchange; ///< on the current or last export
    RunActions *m_actions;
    RunsPanel *m_table;
    RunExports *m_exports;
    ExchangeButton *m_exchangeButton;
    QTabWidget *m_tabs;
    CurvesPanel *m_curves;
    CompareTabs *m_comparison;
    RunDetails *m_details;
    ExplorePanel *m_explore;
    EvaluationPanel *m_evaluations;
};

} // namespace simclr::ui
