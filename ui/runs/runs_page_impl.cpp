// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_page_impl.h"

#include "ui/runs/comparison_panel.h"
#include "ui/runs/continue_dialog.h"
#include "ui/runs/curves_panel.h"
#include "ui/runs/evaluation_panel.h"
#include "ui/runs/run_details.h"
#include "ui/runs/run_words.h"
#include "ui/runs/runs_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/question.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/evaluation_session.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <memory>
#include <optional>
#include <utility>

namespace simclr::ui {

RunsPage::Impl::Impl(RunsPage &owner, Workspace &space, TrainingSession &training,
                     EvaluationSession &evaluation)
    : m_owner(owner),
      m_runs(space.runs()),
      m_session(training),
      m_evaluation(evaluation),
      m_resumer(space, training, evaluation),
      m_filter(m_model),
      m_stack(new QStackedWidget(&owner)),
      m_search(new QLineEdit),
      m_status(new QComboBox),
      m_count(mutedLabel()),
      m_problem(plainLabel({}, &owner)),
      m_table(new RunsTable(m_model, m_filter)),
      m_tabs(new QTabWidget),
      m_curves(new CurvesPanel(space.database())),
      m_comparison(new ComparisonPanel(space.database())),
      m_details(new RunDetails),
      m_evaluations(new EvaluationPanel(space, training, evaluation)) {
    buildLayout();
    connectAll();
    connectSession();
    connectEvaluation();
    applyLook();
}

QWidget *RunsPage::Impl::buildFilterBar() {
    auto *bar = new QWidget;
    m_search->setObjectName(QStringLiteral("runsSearch"));
    m_search->setPlaceholderText(tr("Filter by name, images, pipeline, encoder"));
    m_search->setAccessibleName(tr("Filter"));
    m_search->setToolTip(tr("Shows only runs that contain every typed word"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(360);
    m_status->setObjectName(QStringLiteral("statusFilter"));
    m_status->setToolTip(tr("Shows only runs of this status"));
    m_status->addItem(tr("every status"));
    for (const RunStatus status : {RunStatus::Running, RunStatus::Completed, RunStatus::Cancelled,
                                   RunStatus::Failed, RunStatus::Interrupted})
        m_status->addItem(statusIcon(status), statusTitle(status), static_cast<int>(status));
    m_count->setObjectName(QStringLiteral("runsCount"));
    auto *columns = new QToolButton;
    columns->setObjectName(QStringLiteral("columnsButton"));
    columns->setText(tr("Columns"));
    columns->setToolTip(tr("Chooses the columns of the table"));
    connect(columns, &QToolButton::clicked, m_table,
            [this, columns] { m_table->chooseColumns(columns->mapToGlobal(QPoint(0, columns->height()))); });
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_status);
    row->addStretch(1);
    row->addWidget(m_count);
    row->addWidget(columns);
    return bar;
}

QWidget *RunsPage::Impl::buildPanels() {
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_curves, tr("Curves"));
    m_tabs->addTab(m_comparison, tr("Compare"));
    m_tabs->addTab(m_details, tr("One run"));
    m_tabs->addTab(m_evaluations, tr("Evaluate"));
    return m_tabs;
}

void RunsPage::Impl::buildLayout() {
    auto *split = new QSplitter(Qt::Vertical);
    split->setObjectName(QStringLiteral("tableAndPanels"));
    split->addWidget(m_table);
    split->addWidget(buildPanels());
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setSizes({240, 420});
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(buildFilterBar());
    column->addWidget(split, 1);

    auto *empty =
        new EmptyState(QStringLiteral("office-chart-line"), tr("No runs yet"),
                       tr("Every training run is kept here with its curves, its accuracies and its whole "
                          "configuration. Select several to compare them."));
    empty->setObjectName(QStringLiteral("emptyRuns"));
    empty->setAction(tr("Train the first one"));
    connect(empty, &EmptyState::actionRequested, &m_owner, &RunsPage::trainRequested);
    auto *emptyPage = new QWidget;
    (new QVBoxLayout(emptyPage))->addWidget(empty, 0, Qt::AlignCenter);
    m_stack->addWidget(emptyPage);
    m_stack->addWidget(content);

    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *layout = new QVBoxLayout(&m_owner);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_problem);
    layout->addWidget(m_stack, 1);
}

void RunsPage::Impl::connectAll() {
    connect(m_search, &QLineEdit::textChanged, &m_filter, &RunsFilter::setWords);
    for (const auto counted : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_filter, counted, &m_owner, [this] { showCount(); });
    connect(&m_filter, &QAbstractItemModel::modelReset, &m_owner, [this] { showCount(); });
    connect(m_status, &QComboBox::currentIndexChanged, &m_filter, [this] {
        const QVariant chosen = m_status->currentData();
        m_filter.setStatus(chosen.isValid() ? std::optional(static_cast<RunStatus>(chosen.toInt()))
                                            : std::nullopt);
    });
    connect(m_table, &RunsTable::selectionEdited, &m_owner, [this] { showSelection(); });
    connect(m_table, &RunsTable::removeRequested, &m_owner,
            [this](const QList<qint64> &runs) { askToRemove(runs); });
    connect(&m_model, &RunsModel::renamed, &m_owner,
            [this](qint64 run, const QString &name) { m_runs.rename(run, name); });
    connect(m_details, &RunDetails::resumeRequested, &m_resumer,
            [this](qint64 run) { m_resumer.resume(run); });
    connect(m_details, &RunDetails::continueRequested, &m_owner, [this](qint64 run) { askToContinue(run); });
    connect(m_details, &RunDetails::pipelineRequested, &m_owner, &RunsPage::pipelineRequested);
    connect(&m_resumer, &RunResumer::failed, &m_owner, [this](const QString &reason) { say(reason); });
    askWhereImagesChanged(m_resumer, m_owner);
    connect(&m_runs, &RunCatalogue::changed, &m_owner, [this] { showRuns(); });
    connect(&m_runs, &RunCatalogue::readable, &m_owner, [this] {
        if (m_problem->text() == m_unreadable)
            say({});
    });
    connect(&m_runs, &RunCatalogue::unreadable, &m_owner,
            [this](const QString &reason) { sayUnreadable(reason); });
    connect(&m_runs, &RunCatalogue::renamed, &m_owner,
            [this](qint64, const QString &problem) { say(problem); });
    connect(&m_runs, &RunCatalogue::removed, &m_owner,
            [this](const QList<qint64> &runs, const QString &problem) { removed(runs, problem); });
    connect(m_curves, &CurvesPanel::failed, &m_owner, [this](const QString &reason) { say(reason); });
}

void RunsPage::Impl::connectSession() {
    connect(&m_session, &TrainingSession::startRequested, &m_owner, [this] { m_details->setBusy(true); });
    connect(&m_session, &TrainingSession::runStarted, &m_owner, [this](const RunStarted &started) {
        say({});
        m_curves->forget(started.runId); // a resumed run was taken back to its checkpoint
        m_runs.refresh();
    });
    connect(&m_session, &TrainingSession::finished, &m_owner, [this] {
        m_details->setBusy(false);
        m_runs.refresh();
    });
}

void RunsPage::Impl::connectEvaluation() {
    connect(&m_evaluation, &EvaluationSession::runningChanged, &m_owner,
            [this] { m_details->setBusy(m_evaluation.isRunning() || m_session.isRunning()); });
    connect(&m_evaluation, &EvaluationSession::evaluated, &m_owner, [this] { m_runs.refresh(); });
}

void RunsPage::Impl::applyLook() {
    QPalette palette = m_owner.palette();
    palette.setColor(QPalette::WindowText, theme::danger());
    m_problem->setPalette(palette);
    for (int i = 1; i < m_status->count(); ++i)
        m_status->setItemIcon(i, statusIcon(static_cast<RunStatus>(m_status->itemData(i).toInt())));
}

void RunsPage::Impl::becomeVisible() {
    showRuns();
    m_runs.setLive(true);
    m_runs.refresh();
}

void RunsPage::Impl::becomeHidden() {
    m_runs.setLive(false);
}

void RunsPage::Impl::showRuns() {
    if (!m_owner.isVisible())
        return; // becoming visible shows them
    forgetRestarted(m_runs.runs());
    const bool isFirst = m_model.rowCount() == 0 && !m_runs.runs().empty();
    m_model.setRuns(m_runs.runs());
    if (isFirst && m_toSelect == 0)
        m_toSelect = m_model.runs().front().id;
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 1 : 0);
    showCount();
    if (m_toSelect != 0 && m_model.run(m_toSelect) != nullptr)
        m_table->selectRun(std::exchange(m_toSelect, 0));
    showSelection();
}

void RunsPage::Impl::showCount() {
    const int all = m_model.rowCount();
    const int shown = m_filter.rowCount();
    if (shown < all)
        m_count->setText(tr("%1 of %2 runs").arg(countText(shown), countText(all)));
    else
        m_count->setText(all == 1 ? tr("1 run") : tr("%1 runs").arg(countText(all)));
}

/// A run that goes on in another process lost what came after its checkpoint.
void RunsPage::Impl::forgetRestarted(const std::vector<RunRecord> &newer) {
    for (const RunRecord &run : newer) {
        const RunRecord *known = m_model.run(run.id);
        if (known != nullptr && run.status == RunStatus::Running &&
            (known->status != RunStatus::Running || run.lastStep < known->lastStep))
            m_curves->forget(run.id);
    }
}

void RunsPage::Impl::selectRun(RunId run) {
    m_toSelect = run;
    showRuns();
    m_runs.refresh();
}

void RunsPage::Impl::showSelection() {
    std::vector<RunRecord> selected;
    for (const qint64 id : m_table->selectedRuns())
        if (const RunRecord *run = m_model.run(id))
            selected.push_back(*run);
    m_curves->setRuns(selected);
    m_comparison->setRuns(selected);
    m_runs.watch(selected.size() == 1 ? selected.front().id : 0);
    showDetails();
}

/// What is known of the one selected run: all but its notes at once, the notes when they were read.
void RunsPage::Impl::showDetails() {
    const QList<qint64> selected = m_table->selectedRuns();
    std::optional<RunRecord> single;
    if (selected.size() == 1) {
        if (m_runs.watched() && m_runs.watched()->id == selected.front())
            single = m_runs.watched();
        else if (const RunRecord *run = m_model.run(selected.front()))
            single = *run;
    }
    m_details->setRun(single);
    m_evaluations->setRun(single);
}

void RunsPage::Impl::askToContinue(qint64 id) {
    const RunRecord *run = m_model.run(id);
    if (run == nullptr)
        return;
    try {
        auto dialog = std::make_unique<ContinueDialog>(*run, &m_owner);
        connect(dialog.get(), &ContinueDialog::chosen, &m_resumer,
                [this, id](const ResumeOptions &options) { m_resumer.resume(id, options); });
        dialog.release()->open();
    } catch (const InvalidInput &error) {
        say(QString::fromUtf8(error.what()));
    }
}

void RunsPage::Impl::askToRemove(const QList<qint64> &runs) {
    if (m_evaluation.isRunning() && runs.contains(m_evaluation.runId()))
        return say(tr("Run %1 is being evaluated and cannot be deleted now.").arg(m_evaluation.runId()));
    for (const qint64 run : runs)
        if (const RunRecord *known = m_model.run(run);
            known != nullptr && known->status == RunStatus::Running)
            return say(tr("Run %1 is running; stop it before it is deleted.").arg(run));
    say({});
    const RunRecord *first = m_model.run(runs.front());
    const QString what = runs.size() == 1 && first != nullptr ? tr("Delete “%1”?").arg(runTitle(*first))
                                                              : tr("Delete %1 runs?").arg(runs.size());
    ask(m_owner,
        {QStringLiteral("deleteDialog"), what,
         tr("Curves, results and checkpoints go with it. This cannot be undone."), tr("Delete")},
        [this, runs] { m_runs.remove(runs); });
}

void RunsPage::Impl::removed(const QList<qint64> &runs, const QString &problem) {
    for (const qint64 run : runs)
        m_curves->forget(run);
    if (!problem.isEmpty())
        say(problem);
}

void RunsPage::Impl::say(const QString &problem) {
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void RunsPage::Impl::sayUnreadable(const QString &problem) {
    m_unreadable = problem;
    say(problem);
}

} // namespace simclr::ui
