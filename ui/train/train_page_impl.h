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

/// The inside of the TrainPage: what of the session, the store and the options is seen where.
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
    void measured(const QString &message, bool isProblem = false);
    void runStarted(const RunStarted &started);
    void addEarlier(const TrainingUpdate &earlier);
    void updated(const TrainingUpdate &update);
    void finished(RunEnd end, RunId run, const QString &message);
    void say(const QString &message, bool isProblem = false);
    static QString invitation() {
        return tr("Start trains an encoder. Its numbers, curves and events appear here as they are made.");
    }
    void styleProblem();

    TrainPage &m_owner;
    Workspace &m_workspace;
    PipelineDocument &m_document;
    TrainingSession &m_session;
    EvaluationSession &m_evaluation;
    RunCheck m_check;
    PreflightRunner m_preflight;
    bool m_startsAfterMeasuring = false; ///< Start was pressed meanwhile
    bool m_measuresOldOptions = false;   ///< something else was chosen since
    QString m_measuredDifferences;       ///< of what is measured, from the chosen recipe
    bool m_saysEstimate = false;         ///< what stands in the message is of a measurement
    RunResumer m_resumer;
    EarlierCurves m_earlier;
    QString m_unreadable;  ///< the last problem in reading the store
    TrainingUpdate m_held; ///< what came while the curves from before were read
    QTimer m_clock;        ///< the time left runs on between steps
    TrainControls *m_controls;
    RunHeadline *m_headline;
    QLabel *m_message;
    QLabel *m_problem; ///< in the place of the message, when something went wrong
    TrainingPlots *m_plots;
    EventLog *m_log;
};

} // namespace simclr::ui
