// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/earlier_curves.h"
#include "ui/train/preflight_runner.h"
#include "ui/train/run_check.h"
#include "ui/train/train_page.h"
#include "ui/workspace/run_resumer.h"
#include "ui/workspace/training_session.h"

#include <QTimer>

class QLabel;

namespace simclr::ui {

class EventLog;
class RunHeadline;
class TrainControls;
class TrainingPlots;

/// The implementation of the TrainPage: connects the session, the store and the options to the widgets.
struct TrainPage::Impl {
    Impl(TrainPage &owner, Workspace &space, PipelineDocument &pipelines, TrainingSession &training,
         EvaluationSession &evaluation);

    void buildLayout();
    QWidget *buildRight(QWidget *plotsAndLog);
    void connectInputs();
    void connectMeasuring();
    void connectSession();
    void offerToResume();
    RunConfiguration configuration() const;
    void recheck();
    void setLabelled(bool labelled);
    void start();
    void showMeasured(const QString &message, bool isProblem = false);
    void runStarted(const RunStarted &started);
    void addEarlier(const TrainingUpdate &earlier);
    void updated(const TrainingUpdate &update);
    void finished(RunEnd end, RunId run, const QString &message);
    void showMessage(const QString &message, bool isProblem = false);
    static QString invitation() {
        return tr("Start trains an encoder. Its figures, curves and events appear here during training.");
    }
    void styleProblem();

    TrainPage &m_owner;
    Workspace &m_workspace;
    PipelineDocument &m_document;
    TrainingSession &m_session;
    EvaluationSession &m_evaluation;
    RunCheck m_check;
    PreflightRunner m_preflight;
    bool m_startsAfterMeasuring = false; ///< Start was pressed during the measurement
    bool m_measuresOldOptions = false;   ///< the options have changed since then
    QString m_measuredDifferences;       ///< of the measured options from the recipe
    bool m_isCheckDue = false;           ///< something changed while the page was hidden
    bool m_saysEstimate = false;         ///< the message shows a measurement
    RunResumer m_resumer;
    EarlierCurves m_earlier;
    QString m_unreadable;  ///< the last problem in reading the store
    TrainingUpdate m_held; ///< updates received while earlier curves are read
    QTimer m_clock;        ///< updates the time left between steps
    TrainControls *m_controls;
    RunHeadline *m_headline;
    QLabel *m_message;
    QLabel *m_problem; ///< replaces the message for an error
    TrainingPlots *m_plots;
    EventLog *m_log;
};

} // namespace simclr::ui
