// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page_impl.h"

#include "ui/document/pipeline_document.h"
#include "ui/train/event_log.h"
#include "ui/train/recipe_summary.h"
#include "ui/train/run_headline.h"
#include "ui/train/train_controls.h"
#include "ui/train/train_form.h"
#include "ui/train/training_plots.h"
#include "ui/widgets/remembered.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/evaluation_session.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/workspace.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <algorithm>
#include <utility>

namespace simclr::ui {

TrainPage::Impl::Impl(TrainPage &owner, Workspace &space, PipelineDocument &pipelines,
                      TrainingSession &training, EvaluationSession &evaluation)
    : m_owner(owner),
      m_workspace(space),
      m_document(pipelines),
      m_session(training),
      m_evaluation(evaluation),
      m_preflight(&owner),
      m_resumer(space, training, evaluation),
      m_earlier(space.database()),
      m_controls(new TrainControls(&owner)),
      m_headline(new RunHeadline(&owner)),
      m_message(mutedLabel({}, &owner)),
      m_problem(plainLabel({}, &owner)),
      m_plots(new TrainingPlots(&owner)),
      m_log(new EventLog(&owner)) {
    m_message->setObjectName(QStringLiteral("message"));
    m_problem->setObjectName(QStringLiteral("problem"));
    for (QLabel *label : {m_message, m_problem}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_clock.setInterval(1000);
    buildLayout();
    connectInputs();
    connectMeasuring();
    connectSession();
    styleProblem();
    showMessage(invitation());
    recheck();
    m_workspace.runs().refresh();
}

void TrainPage::Impl::buildLayout() {
    m_controls->setFixedWidth(std::max(320, m_controls->minimumSizeHint().width()));
    auto *split = new QSplitter(Qt::Vertical, &m_owner);
    split->setObjectName(QStringLiteral("plotsAndLog"));
    split->addWidget(m_plots);
    split->addWidget(m_log);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 0);
    split->setSizes({500, 96});
    split->setChildrenCollapsible(false);
    rememberSplitter(*split, QStringLiteral("train/splitter"));
    m_log->setMinimumHeight(54);
    auto *layout = new QHBoxLayout(&m_owner);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(20);
    layout->addWidget(m_controls);
    layout->addWidget(buildRight(split), 1);
}

/// The part that shows the run. On a small screen it scrolls, and the controls do not.
QWidget *TrainPage::Impl::buildRight(QWidget *plotsAndLog) {
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_headline);
    column->addWidget(m_message);
    column->addWidget(m_problem);
    column->addWidget(plotsAndLog, 1);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("trainScroll"));
    scroll->setWidget(right);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(right->minimumSizeHint().width() +
                            scroll->verticalScrollBar()->sizeHint().width());
    return scroll;
}

void TrainPage::Impl::connectInputs() {
    connect(&m_workspace, &Workspace::datasetChanged, &m_owner, [this] { recheck(); });
    connect(&m_document, &PipelineDocument::changed, &m_owner, [this] { recheck(); });
    connect(&m_controls->form(), &TrainForm::edited, &m_owner, [this] { recheck(); });
    connect(&m_workspace.runs(), &RunCatalogue::changed, &m_owner, [this] { offerToResume(); });
    connect(&m_workspace.runs(), &RunCatalogue::removed, &m_owner, [this](const QList<qint64> &runs) {
        if (!m_session.isRunning() && runs.contains(m_session.started().runId))
            showMessage(tr("Run %1 was deleted.").arg(m_session.started().runId));
    });
    connect(&m_workspace.runs(), &RunCatalogue::unreadable, &m_owner, [this](const QString &reason) {
        m_unreadable = reason;
        showMessage(reason, true);
    });
    connect(&m_workspace.runs(), &RunCatalogue::readable, &m_owner, [this] {
        if (m_problem->isVisibleTo(&m_owner) && m_problem->text() == m_unreadable)
            showMessage(m_message->text()); // the previous message
    });
    connect(&m_check, &RunCheck::checked, m_controls, &TrainControls::showCheck);
    connect(&m_evaluation, &EvaluationSession::runningChanged, &m_owner, [this] {
        if (m_evaluation.isRunning())
            m_preflight.stop(); // it would measure only the cores that are left
        m_controls->setBlocked(m_evaluation.isRunning()
                                   ? tr("An evaluation is running; training can start when it has finished.")
                                   : QString());
    });
    connect(m_controls, &TrainControls::startRequested, &m_owner, [this] { start(); });
    connect(m_controls, &TrainControls::stopRequested, &m_session, &TrainingSession::stop);
    connect(m_controls, &TrainControls::resumeRequested, &m_resumer,
            [this](qint64 run) { m_resumer.resume(run); });
    connect(&m_resumer, &RunResumer::failed, &m_owner,
            [this](const QString &reason) { showMessage(reason, true); });
    askWhereImagesChanged(m_resumer, m_owner);
}

void TrainPage::Impl::connectMeasuring() {
    connect(m_controls, &TrainControls::measureRequested, &m_owner, [this] {
        m_measuresOldOptions = false;
        m_measuredDifferences = m_controls->differencesText();
        m_preflight.start(configuration(), m_workspace.dataset());
    });
    connect(m_controls, &TrainControls::measureCancelled, &m_owner, [this] {
        m_startsAfterMeasuring = false; // cancels the waiting start too
        m_preflight.stop();
    });
    connect(&m_preflight, &PreflightRunner::runningChanged, m_controls, &TrainControls::showMeasuring);
    connect(&m_session, &TrainingSession::startRequested, &m_preflight, &PreflightRunner::stop);
    connect(&m_preflight, &PreflightRunner::measured, &m_owner, [this](const QStringList &lines) {
        for (const QString &line : lines)
            m_log->add(line);
        m_log->add(m_measuredDifferences);
        showMeasured(m_measuresOldOptions
                         ? tr("%1 This was measured with the previous options.").arg(lines.last())
                         : lines.last());
    });
    const auto logged = [this](const QString &what, bool isProblem) {
        m_log->add(what);
        showMeasured(what, isProblem);
    };
    connect(&m_preflight, &PreflightRunner::stopped, &m_owner,
            [logged] { logged(tr("The measurement was stopped."), false); });
    connect(&m_preflight, &PreflightRunner::failed, &m_owner,
            [logged](const QString &reason) { logged(reason, true); });
}

void TrainPage::Impl::connectSession() {
    connect(&m_session, &TrainingSession::startRequested, &m_owner, [this] {
        m_controls->showRunning(&m_session.configuration());
        m_controls->summary().setDataset(m_workspace.dataset());
        m_headline->clear();
        setLabelled(m_session.isLabelled());
        showMessage(tr("Preparing the images and the encoder…"));
    });
    connect(&m_session, &TrainingSession::runStarted, &m_owner,
            [this](const RunStarted &run) { runStarted(run); });
    connect(&m_earlier, &EarlierCurves::loaded, &m_owner,
            [this](const TrainingUpdate &earlier) { addEarlier(earlier); });
    connect(&m_session, &TrainingSession::updated, &m_owner,
            [this](const TrainingUpdate &news) { updated(news); });
    connect(&m_session, &TrainingSession::stopRequested, &m_owner, [this] {
        m_controls->showStopping();
        showMessage(tr("Stopping after this batch…"));
    });
    connect(&m_session, &TrainingSession::logged, m_log, &EventLog::add);
    connect(&m_session, &TrainingSession::finished, &m_owner,
            [this](RunEnd end, qint64 run, const QString &message) { finished(end, run, message); });
    connect(&m_clock, &QTimer::timeout, &m_owner,
            [this] { m_headline->setSecondsLeft(m_session.secondsLeft()); });
}

/// Offers the newest run, if it ended before its last epoch.
void TrainPage::Impl::offerToResume() {
    const std::vector<RunRecord> &runs = m_workspace.runs().runs();
    const bool offered = !runs.empty() && isResumable(runs.front());
    m_controls->setResumable(offered ? runs.front().id : 0);
}

RunConfiguration TrainPage::Impl::configuration() const {
    return {m_controls->runName().toStdString(), m_document.pipeline(), m_controls->form().options()};
}

void TrainPage::Impl::recheck() {
    if (m_session.isRunning())
        return; // the summary describes the run in progress
    m_isCheckDue = !m_owner.isVisible();
    if (m_isCheckDue)
        return; // a pipeline that is being edited changes many times per second
    if (m_saysEstimate)
        showMessage(invitation()); // the estimate was for other options
    m_measuresOldOptions = true;
    m_controls->summary().setDataset(m_workspace.dataset());
    m_controls->summary().setPipeline(m_document.pipeline());
    m_check.check(configuration(), m_workspace.dataset());
    if (m_session.runId() == 0) // later, the plots show the last run
        setLabelled(!m_workspace.dataset() || m_workspace.dataset()->isLabelled());
}

void TrainPage::Impl::setLabelled(bool labelled) {
    m_plots->setLabelled(labelled);
    m_headline->setLabelled(labelled);
}

void TrainPage::Impl::start() {
    if (m_preflight.isRunning()) { // it would take cores and memory from the run
        m_startsAfterMeasuring = true;
        m_preflight.stop();
        return showMessage(tr("The run starts as soon as the measurement has stopped…"));
    }
    if (m_evaluation.isRunning())
        return showMessage(tr("Cannot start training: an evaluation is running."), true);
    if (!m_session.isRunning() && m_workspace.dataset())
        m_session.start(configuration(), m_workspace.dataset());
}

void TrainPage::Impl::showMeasured(const QString &message, bool isProblem) {
    if (std::exchange(m_startsAfterMeasuring, false)) {
        start();
    } else if (!m_session.isRunning()) {
        showMessage(message, isProblem);
        m_saysEstimate = true;
    }
}

void TrainPage::Impl::runStarted(const RunStarted &started) {
    m_plots->begin(started);
    m_held = {};
    m_earlier.read(started);
    if (!m_session.isStopping())
        showMessage(
            tr("Run %1 on %2, %3")
                .arg(started.runId)
                .arg(QString::fromStdString(started.device), QString::fromStdString(started.precision)));
    m_clock.start();
}

/// Curves are appended from left to right: first the earlier points, then the held updates.
void TrainPage::Impl::addEarlier(const TrainingUpdate &earlier) {
    updated(earlier);
    updated(std::exchange(m_held, {}));
}

void TrainPage::Impl::updated(const TrainingUpdate &update) {
    if (m_earlier.isReading()) {
        m_held.steps.insert(m_held.steps.end(), update.steps.begin(), update.steps.end());
        m_held.evaluations.insert(m_held.evaluations.end(), update.evaluations.begin(),
                                  update.evaluations.end());
        m_held.diagnoses.insert(m_held.diagnoses.end(), update.diagnoses.begin(), update.diagnoses.end());
        return;
    }
    m_plots->add(update);
    for (const Evaluated &result : update.evaluations)
        m_headline->setResult(result);
    if (update.steps.empty())
        return;
    const StepFinished &last = update.steps.back();
    m_headline->setStep(last);
    m_headline->setEpoch(last.epoch, m_session.configuration().options.epochs);
    m_headline->setSecondsLeft(m_session.secondsLeft());
}

void TrainPage::Impl::finished(RunEnd end, RunId, const QString &message) {
    m_clock.stop();
    m_headline->setSecondsLeft(-1);
    m_controls->showRunning(nullptr);
    showMessage(message, end == RunEnd::Failed);
    m_workspace.runs().refresh();
    recheck();
}

void TrainPage::Impl::showMessage(const QString &message, bool isProblem) {
    m_saysEstimate = false;
    m_message->setVisible(!isProblem);
    m_problem->setVisible(isProblem);
    (isProblem ? m_problem : m_message)->setText(message);
}

void TrainPage::Impl::styleProblem() {
    QPalette palette = m_owner.palette();
    palette.setColor(QPalette::WindowText, theme::danger());
    m_problem->setPalette(palette);
}

} // namespace simclr::ui
