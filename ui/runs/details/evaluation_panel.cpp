// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/evaluation_panel.h"

#include "ui/runs/details/results_model.h"
#include "ui/text/job_text.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/workspace.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QTreeView>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

Schema choicePart(bool isData) {
    Schema part = evaluationChoiceDescription().schema();
    std::erase_if(part, [&](const Parameter &parameter) {
        return (parameter.section == Section::DataAndFeatures) != isData;
    });
    return part;
}

Schema trainingPart() {
    Schema part = evaluationOptionsDescription().schema();
    for (Parameter &parameter : part)
        parameter.section = Section::TrainedProtocols;
    return part;
}

template <typename T>
void connectForm(ParameterForm &form, const Description<T> &description, T &target, EvaluationPanel &panel) {
    QObject::connect(&form, &ParameterForm::valueEdited, &panel,
                     [&form, &description, &target](const QString &id, const Value &value) {
                         try {
                             description.write(target, id.toStdString(), value, "evaluation");
                         } catch (const Error &) {
                             form.setValues(description.read(target)); // the current value
                         }
                     });
}

} // namespace

EvaluationPanel::EvaluationPanel(Workspace &workspace, ComputeQueue &queue, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_queue(queue),
      m_results(new ResultsModel(this)),
      m_what(new ParameterForm(choicePart(false), this)),
      m_how(new ParameterForm(choicePart(true), this)),
      m_trainingForm(new ParameterForm(trainingPart(), this)),
      m_start(new QPushButton(tr("Evaluate"), this)),
      m_cancel(new QPushButton(this)),
      m_state(mutedLabel({}, this)),
      m_problem(new InlineMessage(this)),
      m_view(new QTreeView(this)) {
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(20);
    layout->addWidget(buildForms());
    layout->addWidget(buildResults(), 1);
    connectForm(*m_what, evaluationChoiceDescription(), m_choice, *this);
    connectForm(*m_how, evaluationChoiceDescription(), m_choice, *this);
    connectForm(*m_trainingForm, evaluationOptionsDescription(), m_options, *this);
    for (ParameterForm *form : {m_what, m_how, m_trainingForm})
        connect(form, &ParameterForm::valueEdited, this, &EvaluationPanel::updateButtons);
    connect(m_start, &QPushButton::clicked, this, &EvaluationPanel::evaluate);
    connect(m_cancel, &QPushButton::clicked, this, &EvaluationPanel::cancel);
    connect(&m_queue, &ComputeQueue::changed, this, &EvaluationPanel::updateButtons);
    connect(&m_queue, &ComputeQueue::finished, this, &EvaluationPanel::finished);
    connect(&m_workspace, &Workspace::datasetChanged, this, &EvaluationPanel::updateButtons);
    updateButtons();
}

QWidget *EvaluationPanel::buildForms() {
    auto *forms = new QWidget;
    auto *left = new QVBoxLayout;
    left->addWidget(m_what);
    left->addStretch(1);
    auto *right = new QVBoxLayout;
    right->setSpacing(10);
    right->addWidget(m_how);
    right->addWidget(m_trainingForm);
    right->addStretch(1);
    auto *columns = new QHBoxLayout(forms);
    columns->setContentsMargins(0, 0, 8, 0);
    columns->setSpacing(24);
    columns->addLayout(left);
    columns->addLayout(right);
    auto *scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setObjectName(QStringLiteral("evaluationScroll"));
    scroll->setWidget(forms);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(560);
    return scroll;
}

QWidget *EvaluationPanel::buildResults() {
    m_start->setObjectName(QStringLiteral("evaluateButton"));
    m_start->setToolTip(tr(
        "Evaluates the encoder of the last checkpoint of each selected run and stores the results; waits in "
        "the queue while other jobs are in progress"));
    m_cancel->setObjectName(QStringLiteral("cancelEvaluation"));
    m_state->setObjectName(QStringLiteral("evaluationState"));
    m_state->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("evaluationProblem"));
    m_problem->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // also when it is alone
    m_view->setObjectName(QStringLiteral("evaluationResults"));
    m_view->setAccessibleName(tr("Results of the run"));
    m_view->setModel(m_results);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(ResultsModel::Protocol, QHeaderView::Stretch);
    auto *row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    row->addWidget(m_cancel, 0, Qt::AlignTop);
    row->addWidget(m_start, 0, Qt::AlignTop);
    auto *results = new QWidget;
    auto *column = new QVBoxLayout(results);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_problem);
    column->addWidget(m_view, 1);
    return results;
}

void EvaluationPanel::setRuns(const std::vector<RunRecord> &runs, std::size_t selected) {
    if (m_run && (runs.size() != 1 || runs.front().id != m_run->id))
        m_problem->clear(); // it was about the previous run
    m_runs = runs;
    m_selected = selected;
    m_run = runs.size() == 1 ? std::optional(runs.front()) : std::nullopt;
    m_results->setRun(m_run.value_or(RunRecord{}));
    m_view->setVisible(m_run.has_value());
    updateButtons();
}

EvaluationRequest EvaluationPanel::request() const {
    return requestOf(m_choice, m_options);
}

QString EvaluationPanel::obstacle() const {
    if (m_runs.empty())
        return tr("Select one run above to evaluate it and to see its results, or several to evaluate each.");
    if (m_run)
        return obstacleOf(*m_run);
    if (const QString missing = missingIn(request()); !missing.isEmpty())
        return missing;
    const bool canAny =
        std::ranges::any_of(m_runs, [this](const RunRecord &run) { return obstacleOf(run).isEmpty(); });
    return canAny ? QString()
                  : tr("None of the selected runs can be evaluated. Run %1: %2")
                        .arg(QString::number(m_runs.front().id), obstacleOf(m_runs.front()));
}

QString EvaluationPanel::obstacleOf(const RunRecord &run) const {
    const bool isKept = std::ranges::any_of(run.artifacts, [](const ArtifactRecord &artifact) {
        return artifact.kind == lastCheckpointKind || artifact.kind == bestCheckpointKind;
    });
    if (!isKept)
        return tr("This run has no checkpoint to evaluate.");
    const EvaluationRequest wanted = request();
    if (!wanted.isTransfer && run.dataset.classes == 0)
        return tr("The images of this run have no labels to evaluate with.");
    if (wanted.isTransfer && (!m_workspace.dataset() || !m_workspace.dataset()->isLabelled()))
        return tr("The open images have no labels to evaluate with.");
    if (wanted.isTransfer &&
        m_workspace.dataset()->labelledPart().fingerprint == run.dataset.evaluatedFingerprint())
        return tr("The open images are the run's own; open others for transfer.");
    if (const QString missing = missingIn(wanted); !missing.isEmpty())
        return missing;
    return isQueued(run) ? tr("This evaluation is already in the queue.") : QString();
}

/// With these choices; another evaluation of the run may be.
bool EvaluationPanel::isQueued(const RunRecord &run) const {
    return m_queued.contains(toLine(toJson(Job(jobFor(run.id)))));
}

void EvaluationPanel::lookAtQueue() {
    m_queued.clear();
    for (const QueuedJob &queued : m_queue.jobs())
        if (std::holds_alternative<EvaluateJob>(queued.job) &&
            std::ranges::find(m_runs, runOf(queued.job), &RunRecord::id) != m_runs.end())
            m_queued.insert(toLine(toJson(queued.job)));
}

std::vector<RunId> EvaluationPanel::evaluable() const {
    std::vector<RunId> runs;
    for (const RunRecord &run : m_runs)
        if (obstacleOf(run).isEmpty())
            runs.push_back(run.id);
    return runs;
}

const QueuedJob *EvaluationPanel::current() const {
    return m_run ? m_queue.jobOf<EvaluateJob>(m_run->id) : nullptr;
}

/// The button evaluates those that do not wait already.
void EvaluationPanel::showSeveral() {
    const auto count = static_cast<int>(evaluable().size());
    const QString reason = obstacle();
    const bool mayBeQueued = !request().isTransfer || m_workspace.dataset();
    const auto waiting =
        !mayBeQueued ? 0
                     : std::ranges::count_if(m_runs, [this](const RunRecord &run) { return isQueued(run); });
    m_cancel->hide();
    m_start->setText(count == 1 ? tr("Evaluate 1 run") : tr("Evaluate %1 runs").arg(count));
    m_start->setEnabled(reason.isEmpty() && count > 0);
    const auto left = static_cast<qsizetype>(m_runs.size()) - count - waiting;
    QStringList sentences;
    if (waiting > 0)
        sentences.append(tr("In the queue: %1 of the selected runs.").arg(waiting));
    if (left > 0 && reason.isEmpty())
        sentences.append(tr("Not possible for %1 of them.").arg(left));
    if (m_selected > m_runs.size())
        sentences.append(
            tr("Only the first %1 of %2 selected runs are evaluated.").arg(m_runs.size()).arg(m_selected));
    m_state->setText(reason.isEmpty() ? sentences.join(QLatin1Char(' ')) : reason);
}

void EvaluationPanel::updateButtons() {
    lookAtQueue();
    if (areSeveral())
        return showSeveral();
    const QueuedJob *job = current();
    const QString reason = obstacle();
    m_start->setText(tr("Evaluate"));
    m_start->setEnabled(reason.isEmpty());
    if (job == nullptr && m_cancel->hasFocus())
        m_start->setFocus(); // or another page would get it
    m_cancel->setVisible(job != nullptr);
    if (job != nullptr) {
        m_cancel->setText(job->isStopping  ? tr("Stopping…")
                          : job->isRunning ? tr("Stop")
                                           : tr("Remove from the queue"));
        m_cancel->setToolTip(job->isRunning ? tr("Stops the evaluation; finished results are kept")
                                            : tr("The evaluation is not started"));
        m_cancel->setEnabled(!job->isStopping);
    }
    if (job != nullptr)
        m_state->setText(progressText(*job));
    else
        m_state->setText(reason.isEmpty() && m_run->id == m_outcomeRun ? m_outcome : reason);
}

QString EvaluationPanel::progressText(const QueuedJob &job) const {
    if (!job.isRunning)
        return tr("In the queue: run %1 is evaluated when the jobs before it have ended.").arg(m_run->id);
    return job.activity.isEmpty() ? tr("Evaluating run %1 …").arg(m_run->id)
                                  : tr("Evaluating run %1: %2").arg(QString::number(m_run->id), job.activity);
}

EvaluateJob EvaluationPanel::jobFor(RunId run) const {
    EvaluateJob job{run, request(), {}};
    if (job.request.isTransfer)
        job.images = imagesOf(*m_workspace.dataset());
    return job;
}

void EvaluationPanel::evaluate() {
    commitPendingNumber();
    m_problem->clear();
    if (!obstacle().isEmpty())
        return;
    std::vector<Job> jobs;
    for (const RunId run : evaluable())
        jobs.emplace_back(jobFor(run));
    m_queue.submit(std::move(jobs));
}

void EvaluationPanel::cancel() {
    if (const QueuedJob *job = current())
        m_queue.cancel(job->id);
}

void EvaluationPanel::finished(const QueuedJob &job, const JobOutcome &outcome, const QStringList &notes) {
    if (!std::holds_alternative<EvaluateJob>(job.job) || !job.isRunning)
        return;
    const bool isProblem = outcome.end == JobEnd::Failed;
    const QString message = outcomeText(job.job, outcome, notes);
    m_outcome = isProblem ? QString() : message;
    m_outcomeRun = runOf(job.job);
    if (isProblem)
        m_problem->showText(InlineMessage::Tone::Error, message);
    updateButtons();
}

} // namespace simclr::ui
