// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include "ui/document/pipeline_document.h"
#include "ui/text/job_text.h"
#include "ui/text/run_text.h"
#include "ui/text/sentence_text.h"
#include "ui/train/base_run.h"
#include "ui/train/event_log.h"
#include "ui/train/queue_panel.h"
#include "ui/train/recipe_summary.h"
#include "ui/train/rules_form.h"
#include "ui/train/run_check.h"
#include "ui/train/run_monitor.h"
#include "ui/train/sweep_dialog.h"
#include "ui/train/train_controls.h"
#include "ui/train/train_form.h"
#include "ui/workspace/queue_forecast.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <algorithm>
#include <utility>

namespace simclr::ui {

TrainPage::TrainPage(Workspace &workspace, PipelineDocument &document, ComputeQueue &queue,
                     TrainingSession &session, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_document(document),
      m_queue(queue),
      m_session(session),
      m_check(new RunCheck(this)),
      m_forecast(new QueueForecast(queue, workspace.database(), this)),
      m_controls(new TrainControls(this)),
      m_monitor(new RunMonitor(session, workspace.database(), this)),
      m_queuePanel(new QueuePanel(queue, *m_forecast, this)) {
    setObjectName(QStringLiteral("trainPage"));
    buildLayout();
    connectInputs();
    connectRuns();
    connectQueue();
    connectSeveral();
    recheck();
    showQueue();
    m_workspace.runs().refresh();
}

TrainPage::~TrainPage() {
    // First, while the rest exists: a spin box deleted while it is edited may emit its value.
    delete m_controls;
}

void TrainPage::buildLayout() {
    m_controls->setFixedWidth(std::max(320, m_controls->minimumSizeHint().width()));
    m_monitor->lower().addWidget(m_queuePanel);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(20);
    layout->addWidget(m_controls);
    layout->addWidget(scrolled(m_monitor), 1);
}

/// On a small screen the part that shows the run scrolls, and the controls do not.
QWidget *TrainPage::scrolled(QWidget *right) {
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

void TrainPage::connectInputs() {
    connect(&m_workspace, &Workspace::datasetChanged, this, &TrainPage::recheck);
    connect(&m_document, &PipelineDocument::changed, this, &TrainPage::recheck);
    connect(&m_controls->form(), &TrainForm::edited, this, &TrainPage::recheck);
    connect(&m_controls->rules(), &RulesForm::changed, this, &TrainPage::recheck);
    connect(m_check, &RunCheck::checked, m_controls, &TrainControls::showCheck);
    connect(m_controls, &TrainControls::startRequested, this, &TrainPage::start);
    connect(m_controls, &TrainControls::measureRequested, this, &TrainPage::measure);
    connect(m_controls, &TrainControls::measureCancelled, this, [this] { m_queue.cancel(m_measurement); });
    connect(m_controls, &TrainControls::resumeRequested, this, [this](qint64 run) {
        m_queue.submit(ResumeJob{run, {}, m_controls->rules().rules()});
    });
}

void TrainPage::connectRuns() {
    connect(&m_workspace.runs(), &RunCatalogue::changed, this, &TrainPage::offerToResume);
    connect(&m_workspace.runs(), &RunCatalogue::removed, this, [this](const QList<qint64> &runs) {
        if (!m_session.isRunning() && runs.contains(m_session.runId()))
            showMessage(tr("Run %1 was deleted.").arg(m_session.runId()));
    });
    connect(&m_workspace.runs(), &RunCatalogue::unreadable, this, [this](const QString &reason) {
        m_unreadable = reason;
        showMessage(reason, true);
    });
    connect(&m_workspace.runs(), &RunCatalogue::readable, this, [this] {
        if (!m_unreadable.isEmpty() && m_monitor->problem() == m_unreadable)
            showMessage(m_monitor->message()); // the previous message
    });
    connect(&m_session, &TrainingSession::startRequested, this, [this] { m_showsEstimate = false; });
    connect(&m_session, &TrainingSession::finished, &m_workspace.runs(), &RunCatalogue::refresh);
}

void TrainPage::connectQueue() {
    connect(&m_queue, &ComputeQueue::changed, this, &TrainPage::showQueue);
    connect(&m_queue, &ComputeQueue::finished, this,
            [this](const QueuedJob &job, const JobOutcome &outcome, const QStringList &notes) {
                if (job.id == m_measurement)
                    measured(outcome);
                else if (!isTraining(job.job)) // the session logs trainings
                    m_monitor->log().add(outcomeText(job.job, outcome, notes));
            });
    connect(&m_queue, &ComputeQueue::keepingFailed, this,
            [this](const QString &problem) { m_monitor->log().add(problem); });
}

/// Offers the newest run, if it ended before its last epoch and nothing is to resume it already.
void TrainPage::offerToResume() {
    const std::vector<RunPtr> &runs = m_workspace.runs().runs();
    const auto newest = std::ranges::find_if(runs, [](const RunPtr &run) { return !run->trashed; });
    const bool isOffered =
        newest != runs.end() && isResumable(**newest) && m_queue.jobOf<ResumeJob>((*newest)->id) == nullptr;
    m_controls->setResumable(isOffered ? (*newest)->id : 0);
}

void TrainPage::showQueue() {
    const bool onlyMeasures = m_queue.jobs().size() == 1 && m_queue.jobs().front().id == m_measurement;
    m_controls->setQueueing(!onlyMeasures && (m_queue.computing() != nullptr || m_queue.waiting() > 0));
    offerToResume();
}

RunConfiguration TrainPage::configuration() const {
    return {m_controls->runName().toStdString(), m_document.pipeline(), m_controls->form().options()};
}

void TrainPage::connectSeveral() {
    connect(m_controls, &TrainControls::seedsRequested, this, &TrainPage::submitSeeds);
    connect(m_controls, &TrainControls::gridRequested, this, &TrainPage::askForGrid);
    connect(&m_controls->baseRun(), &BaseRun::resetRequested, this, &TrainPage::resetToRun);
    connect(&m_controls->baseRun(), &BaseRun::closed, this, &TrainPage::showDifferences);
}

bool TrainPage::prepareLike(const RunRecord &run) {
    RunConfiguration like;
    try {
        like = configurationOf(run);
    } catch (const Error &error) {
        showMessage(sentenceText(error), true);
        return false;
    }
    const TrainOptions own = m_controls->form().options();
    like.options.device = own.device; // of this machine
    m_controls->baseRun().setRun(runTitle(run), like);
    m_controls->setRunName(QString::fromStdString(run.name));
    m_controls->form().setOptions(like.options);
    return true;
}

TrainForm &TrainPage::form() const {
    return m_controls->form();
}

void TrainPage::showQueuedJobs() {
    m_queuePanel->focusList();
}

void TrainPage::showDifferences() {
    m_controls->form().setMarked(m_controls->baseRun().compare(configuration()));
}

void TrainPage::resetToRun() {
    const std::optional<RunConfiguration> run = m_controls->baseRun().configuration();
    if (!run)
        return;
    Q_EMIT pipelineRequested(toJson(run->pipeline));
    m_controls->form().setOptions(run->options);
}

/// All of them in one action.
void TrainPage::submit(const std::vector<TrainJob> &jobs) {
    m_queue.submit(std::vector<Job>(jobs.begin(), jobs.end()));
    m_queue.cancel(m_measurement);
    m_monitor->log().add(tr("Queued runs: %1").arg(jobs.size()));
}

void TrainPage::submitSeeds(const QString &seeds) {
    if (!m_workspace.dataset())
        return;
    Grid grid{configuration(), imagesOf(*m_workspace.dataset()), {}, {}, {}, m_controls->rules().rules()};
    grid.seeds = seedsFromText(seeds.toStdString());
    try {
        submit(jobsOf(grid));
    } catch (const Error &error) {
        showMessage(sentenceText(error), true);
    }
}

void TrainPage::askForGrid() {
    if (!m_workspace.dataset())
        return;
    auto *dialog = new SweepDialog(
        {configuration(), imagesOf(*m_workspace.dataset()), {}, {}, {}, m_controls->rules().rules()},
        pipelineLibrary(m_document.pipeline()), *m_forecast, this);
    connect(dialog, &SweepDialog::chosen, this, &TrainPage::submit);
    dialog->open();
}

void TrainPage::recheck() {
    m_isCheckDue = !isVisible();
    if (m_isCheckDue)
        return; // a pipeline that is being edited changes many times per second
    if (std::exchange(m_showsEstimate, false))
        m_monitor->showInvitation(); // the estimate was for other options
    m_measuresOldOptions = true;
    m_controls->summary().setDataset(m_workspace.dataset());
    m_controls->summary().setPipeline(m_document.pipeline());
    showDifferences();
    m_check->check(configuration(), m_workspace.dataset(), m_controls->rules().rules());
    if (m_session.runId() == 0 && !m_session.isRunning()) // later, the plots show the last run
        m_monitor->setLabelled(!m_workspace.dataset() || m_workspace.dataset()->isLabelled());
}

void TrainPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    if (m_isCheckDue)
        recheck();
}

/// A measurement would take cores and memory from the run, so it ends.
void TrainPage::start() {
    if (!m_workspace.dataset())
        return;
    const TrainJob job = trainJob(configuration(), *m_workspace.dataset(), m_controls->rules().rules());
    m_queue.submit(job);
    m_queue.cancel(m_measurement);
    if (m_session.isRunning())
        m_monitor->log().add(tr("Queued: %1").arg(jobTitle(job)));
}

void TrainPage::measure() {
    if (!m_workspace.dataset())
        return;
    m_measuresOldOptions = false;
    m_measuredDifferences = m_controls->differencesText();
    m_measurement = m_queue.submit(preflightJob(configuration(), *m_workspace.dataset()));
    m_controls->showMeasuring(true);
    if (m_session.isRunning())
        m_monitor->log().add(tr("The measurement starts when the run has ended."));
}

void TrainPage::measured(const JobOutcome &outcome) {
    m_measurement.clear();
    m_controls->showMeasuring(false);
    const auto *result = std::get_if<Preflight>(&outcome.product);
    if (result == nullptr) {
        const QString message = outcomeText(PreflightJob{}, outcome);
        m_monitor->log().add(message);
        return showMeasured(message, outcome.end == JobEnd::Failed);
    }
    const QStringList lines = describe(*result);
    for (const QString &line : lines)
        m_monitor->log().add(line);
    m_monitor->log().add(m_measuredDifferences);
    showMeasured(m_measuresOldOptions
                     ? tr("%1 This was measured with the previous options.").arg(lines.last())
                     : lines.last());
}

void TrainPage::showMessage(const QString &message, bool isProblem) {
    m_showsEstimate = false;
    m_monitor->showMessage(message, isProblem);
}

void TrainPage::showMeasured(const QString &message, bool isProblem) {
    if (m_session.isRunning())
        return; // the message is about the run
    showMessage(message, isProblem);
    m_showsEstimate = true;
}

} // namespace simclr::ui
