// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_page.h"

#include "ui/runs/compare/compare_tabs.h"
#include "ui/runs/curves/curves_panel.h"
#include "ui/runs/details/continue_dialog.h"
#include "ui/runs/details/evaluation_panel.h"
#include "ui/runs/details/run_details.h"
#include "ui/runs/exchange/exchange_button.h"
#include "ui/runs/exchange/run_exports.h"
#include "ui/runs/explore/explore_panel.h"
#include "ui/runs/table/run_actions.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/text/paths.h"
#include "ui/text/run_text.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/brief_message.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/message_overlay.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/question.h"
#include "ui/widgets/remembered.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/compute_queue.h"
#include "ui/workspace/option_settings.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QAbstractScrollArea>
#include <QDragEnterEvent>
#include <QEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace simclr::ui {

namespace {

const QString tabKey = QStringLiteral("runs/tab");
const QString splitterKey = QStringLiteral("runs/splitter");

/// More curves or columns than this are neither readable nor fast.
constexpr qsizetype mostShown = 50;

/// The jobs in the queue that use these runs.
QList<JobId> jobsOf(const ComputeQueue &queue, const QList<qint64> &runs) {
    QList<JobId> jobs;
    for (const QueuedJob &job : queue.jobs())
        if (runs.contains(runOf(job.job)))
            jobs.append(job.id);
    return jobs;
}

} // namespace

RunsPage::RunsPage(Workspace &workspace, ComputeQueue &queue, TrainingSession &session, QWidget *parent)
    : QWidget(parent),
      m_runs(workspace.runs()),
      m_queue(queue),
      m_stack(new QStackedWidget(this)),
      m_problem(plainLabel({}, this)),
      m_done(mutedLabel({}, this)),
      m_brief(new BriefMessage(*m_done, this)),
      m_exchange(new InlineMessage(this)),
      m_actions(new RunActions(workspace.runs(), *this)),
      m_table(new RunsPanel(workspace.runs(), workspace.database(), this)),
      m_exports(new RunExports(
          workspace, *m_exchange,
          [this](ExportedRows rows) { return m_table->rows(rows == ExportedRows::Selected); }, *this)),
      m_exchangeButton(
          new ExchangeButton(*m_exports, workspace.database(), [this] { return m_table->selectedRuns(); })),
      m_tabs(new QTabWidget),
      m_curves(new CurvesPanel(workspace.database())),
      m_comparison(new CompareTabs(workspace.database(), workspace.images(), *m_table)),
      m_details(new RunDetails(queue)),
      m_explore(new ExplorePanel(workspace, queue)),
      m_evaluations(new EvaluationPanel(workspace, queue)) {
    setObjectName(QStringLiteral("runsPage"));
    buildExchange();
    buildLayout();
    connectTable();
    connectRuns();
    connectQueue(session);
    applyLook();
}

RunsPage::~RunsPage() {
    delete m_stack; // deletes the views before their models
}

QWidget *RunsPage::buildPanels() {
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Selected runs"));
    m_tabs->tabBar()->setAccessibleName(tr("Panels of the selected runs"));
    m_tabs->addTab(m_curves, tr("Curves"));
    m_tabs->addTab(m_comparison, tr("Compare"));
    m_tabs->addTab(m_details, tr("One run"));
    m_tabs->addTab(m_explore, tr("Explore"));
    m_tabs->addTab(m_evaluations, tr("Evaluate"));
    m_tabs->setCurrentIndex(QSettings().value(tabKey, 0).toInt());
    connect(m_tabs, &QTabWidget::currentChanged, this, [](int tab) { QSettings().setValue(tabKey, tab); });
    return m_tabs;
}

void RunsPage::buildExchange() {
    setAcceptDrops(true);
    m_exchange->setObjectName(QStringLiteral("exchangeMessage"));
    m_table->addButton(m_exchangeButton);
    connect(m_exchangeButton, &ExchangeButton::imported, &m_runs, &RunCatalogue::refresh);
    connect(m_table, &RunsPanel::menuRequested, this, [this](QMenu &menu, const QList<qint64> &runs) {
        QAction *evaluate = menu.addAction(tr("Evaluate…"), this, [this] { showEvaluation(); });
        evaluate->setObjectName(QStringLiteral("evaluateAction"));
        evaluate->setEnabled(!runs.isEmpty());
        QMenu *exports = menu.addMenu(tr("Export"));
        exports->setObjectName(QStringLiteral("exportMenu"));
        exports->setEnabled(!runs.isEmpty());
        m_exports->fill(*exports, runs);
    });
}

/// The selected runs are there already.
void RunsPage::showEvaluation() {
    m_tabs->setCurrentWidget(m_evaluations);
    m_evaluations->setFocus();
}

void RunsPage::buildLayout() {
    auto *split = new QSplitter(Qt::Vertical);
    split->setObjectName(QStringLiteral("tableAndPanels"));
    split->addWidget(m_table);
    split->addWidget(buildPanels());
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setSizes({240, 420});
    rememberSplitter(*split, splitterKey);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(split, 1);

    auto *empty =
        new EmptyState(QStringLiteral("office-chart-line"), tr("No runs yet"),
                       tr("Every training run is kept here with its curves, its accuracies and its whole "
                          "configuration. Select several to compare them."));
    empty->setObjectName(QStringLiteral("emptyRuns"));
    empty->setAction(tr("Train the first one"));
    connect(empty, &EmptyState::actionRequested, this, &RunsPage::trainRequested);
    auto *emptyPage = new QWidget;
    auto *import = new QPushButton(tr("Import runs"));
    import->setObjectName(QStringLiteral("importFirst"));
    import->setToolTip(tr("Imports what TensorBoard, W&B, MLflow or another database recorded"));
    import->setMenu(m_exchangeButton->menu());
    auto *middle = new QVBoxLayout(emptyPage);
    middle->addStretch(1);
    empty->setMinimumWidth(440); // its text wraps, and must not be cut off
    middle->addWidget(empty, 0, Qt::AlignHCenter);
    middle->addWidget(import, 0, Qt::AlignCenter);
    middle->addStretch(1);
    m_stack->addWidget(emptyPage);
    m_stack->addWidget(content);

    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_done->setObjectName(QStringLiteral("done"));
    m_done->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_stack, 1);
    buildMessages();
}

/// They do not move the table, in which the user may be about to click, nor cover its scroll bars.
void RunsPage::buildMessages() {
    auto *messages = new MessageOverlay(*this, *m_table->rowsArea().viewport(), MessageOverlay::Edge::Bottom);
    messages->setObjectName(QStringLiteral("messages"));
    messages->addClosable(*m_problem);
    messages->addClosable(*m_done);
    messages->add(*m_exchange);
    m_brief->endOn(m_table->rowsArea());
    m_brief->endOn(*m_table->rowsArea().viewport());
}

void RunsPage::connectTable() {
    connect(m_table, &RunsPanel::selectionEdited, this, [this] { showSelection(); });
    connect(m_table, &RunsPanel::removeRequested, this, &RunsPage::removeRequested);
    connect(m_table, &RunsPanel::failed, this, &RunsPage::showProblem);
    connect(m_table, &RunsPanel::undoRequested, m_actions, &RunActions::undo);
    connect(m_table, &RunsPanel::menuRequested, m_actions, &RunActions::fill);
    connect(m_table, &RunsPanel::evaluateRequested, this, [this] { showEvaluation(); });
    connect(m_actions, &RunActions::done, this, [this](const QString &what, bool isProblem) {
        showProblem(isProblem ? what : QString());
        m_brief->show(isProblem ? QString() : what);
    });
    connect(m_table, &RunsPanel::renamed, this,
            [this](qint64 run, const QString &name) { m_runs.rename(run, name); });
    connect(m_details, &RunDetails::continueRequested, this, [this](qint64 run) { askToContinue(run); });
    connect(m_details, &RunDetails::pipelineRequested, this, &RunsPage::pipelineRequested);
    connect(m_details, &RunDetails::trainAgainRequested, this, &RunsPage::trainAgainRequested);
    connect(m_table, &RunsPanel::trainAgainRequested, this, [this](qint64 id) {
        const std::vector<RunRecord> &known = m_runs.watched();
        if (const auto run = std::ranges::find(known, id, &RunRecord::id); run != known.end())
            Q_EMIT trainAgainRequested(*run);
    });
    connect(m_curves, &CurvesPanel::failed, this, &RunsPage::showProblem);
    connect(m_curves, &CurvesPanel::runsHovered, m_table, &RunsPanel::markRuns);
    connect(m_table, &RunsPanel::hovered, m_curves, &CurvesPanel::highlightRuns);
    connect(m_table, &RunsPanel::menuRequested, this, &RunsPage::addCurveActions);
    connect(m_comparison, &CompareTabs::filterRequested, m_table, &RunsPanel::setFilter);
    connect(m_comparison, &CompareTabs::disagreementRequested, this, &RunsPage::showDisagreement);
    connect(m_comparison, &CompareTabs::runPointedAt, m_table, &RunsPanel::scrollToRun);
    connect(m_comparison, &CompareTabs::runChosen, this, [this](qint64 run, bool isAdded) {
        if (isAdded)
            m_table->toggleRun(run);
        else
            selectRun(run);
    });
}

void RunsPage::addCurveActions(QMenu &menu, const QList<qint64> &runs) {
    const auto add = [&](const QString &text, bool hides) {
        QAction *action =
            menu.addAction(text, this, [this, runs, hides] { m_curves->setRunsHidden(runs, hides); });
        action->setObjectName(hides ? QStringLiteral("hideCurves") : QStringLiteral("showCurves"));
    };
    if (m_curves->hasCurves(runs, false))
        add(tr("Hide curves"), true);
    if (m_curves->hasCurves(runs, true))
        add(tr("Show curves"), false);
}

void RunsPage::connectRuns() {
    connect(&m_runs, &RunCatalogue::changed, this, [this] { showRuns(); });
    connect(&m_runs, &RunCatalogue::readable, this, [this] {
        if (m_problem->text() == m_unreadable)
            showProblem({});
    });
    connect(&m_runs, &RunCatalogue::unreadable, this,
            [this](const QString &reason) { showUnreadable(reason); });
    connect(&m_runs, &RunCatalogue::renamed, this,
            [this](qint64, const QString &problem) { showProblem(problem); });
    connect(&m_runs, &RunCatalogue::removed, this,
            [this](const QList<qint64> &runs, const QString &problem) { removed(runs, problem); });
}

void RunsPage::connectQueue(const TrainingSession &session) {
    connect(&session, &TrainingSession::runStarted, this, [this](const RunStarted &started) {
        showProblem({});
        m_curves->forget(started.runId); // a resumed run restarts from its checkpoint
        m_runs.refresh();
    });
    connect(&session, &TrainingSession::finished, &m_runs, &RunCatalogue::refresh);
    connect(&m_queue, &ComputeQueue::updated, this, [this](const QueuedJob &job, const JobUpdate &update) {
        if (std::holds_alternative<EvaluateJob>(job.job) && !update.training.evaluations.empty())
            m_runs.refresh();
    });
}

void RunsPage::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyLook();
}

namespace {

/// What can be imported of the files that are dragged.
std::optional<ImportSource> sourceOf(const QMimeData &data) {
    std::vector<std::filesystem::path> paths;
    for (const QUrl &url : data.urls()) {
        if (!url.isLocalFile())
            return std::nullopt;
        paths.push_back(toPath(url.toLocalFile()));
    }
    return recognisedSource(paths);
}

} // namespace

void RunsPage::dragEnterEvent(QDragEnterEvent *event) {
    if (sourceOf(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore(); // for the window
}

void RunsPage::dropEvent(QDropEvent *event) {
    if (const auto source = sourceOf(*event->mimeData())) {
        event->acceptProposedAction();
        m_exchangeButton->import(*source);
    }
}

void RunsPage::applyLook() {
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::danger());
    m_problem->setPalette(colors);
    m_table->applyLook();
}

void RunsPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    showRuns();
    m_runs.setLive(true);
    m_runs.refresh();
    m_table->refreshViews();
}

void RunsPage::hideEvent(QHideEvent *event) {
    QWidget::hideEvent(event);
    m_runs.setLive(false);
}

void RunsPage::showRuns() {
    if (!isVisible())
        return; // showEvent() shows them
    forgetRestarted(m_runs.runs());
    m_table->showRuns();
    m_stack->setCurrentIndex(m_runs.runs().empty() ? 0 : 1);
    showSelection();
}

/// A run resumed in another process has lost its points after the checkpoint.
void RunsPage::forgetRestarted(const std::vector<RunPtr> &newer) {
    for (const RunPtr &run : newer) {
        if (run->status != RunStatus::Running)
            continue;
        const RunPtr known = m_table->model().run(run->id);
        if (known != nullptr && known != run &&
            (known->status != RunStatus::Running || run->lastStep < known->lastStep))
            m_curves->forget(run->id);
    }
}

void RunsPage::selectRun(RunId run) {
    m_table->selectRun(run);
    m_runs.refresh();
}

/// They may be among many selected runs; otherwise they become the selection.
void RunsPage::showDisagreement(RunId first, RunId second, const ResultKey &key) {
    if (!m_selected.contains(first) || !m_selected.contains(second)) {
        m_table->selectRun(first);
        m_table->toggleRun(second);
    }
    m_explore->showDisagreement(first, second, key);
    m_tabs->setCurrentWidget(m_explore);
}

/// Selected groups as one curve each: their mean with a band.
void RunsPage::showCurves(const std::vector<RunRecord> &runs, std::size_t selected) {
    const std::vector<SelectedRuns> selection =
        m_table->model().levels().empty() ? std::vector<SelectedRuns>() : m_table->selection();
    if (std::ranges::none_of(selection, &SelectedRuns::isGroup))
        return m_curves->setRuns(runs, selected);
    std::vector<CurveGroup> groups;
    for (const SelectedRuns &each : selection) {
        CurveGroup group{.label = each.title, .color = {}, .runs = {}};
        for (const RunPtr &run : each.runs)
            group.runs.push_back(run->id);
        group.color = [first = std::ranges::min(group.runs)] { return theme::runColor(first); };
        if (std::ssize(groups) < mostShown)
            groups.push_back(std::move(group));
    }
    m_curves->setSelection(groups, selection.size());
}

/// The runs themselves come with RunCatalogue::changed(), if they are not there already.
void RunsPage::showSelection() {
    const QList<qint64> ids = m_table->selectedRuns();
    if (std::exchange(m_selected, ids) != ids)
        showProblem({});                                      // it was about other runs
    m_runs.watch(ids.first(std::min(ids.size(), mostShown))); // the first ones in the order of the table
    const std::vector<RunRecord> &shown = m_runs.watched();
    const auto selected = static_cast<std::size_t>(ids.size());
    showCurves(shown, selected);
    m_comparison->setRuns(shown, selected);
    const bool isSingle = ids.size() == 1 && shown.size() == 1 && shown.front().id == ids.front();
    const std::optional<RunRecord> single = isSingle ? std::optional(shown.front()) : std::nullopt;
    m_explore->setRuns(shown, selected);
    m_details->setRun(single);
    const bool areRead =
        std::ranges::equal(shown, ids.first(std::min(ids.size(), mostShown)), {}, &RunRecord::id);
    m_evaluations->setRuns(areRead ? shown : std::vector<RunRecord>(), selected);
}

void RunsPage::askToContinue(qint64 id) {
    const auto run = std::ranges::find(m_runs.watched(), id, &RunRecord::id);
    if (run == m_runs.watched().end())
        return;
    try {
        auto dialog = std::make_unique<ContinueDialog>(*run, this);
        connect(dialog.get(), &ContinueDialog::chosen, this, [this, id](const ResumeOptions &options) {
            m_queue.submit(ResumeJob{id, options, rememberedRules()});
        });
        dialog.release()->open();
    } catch (const std::exception &error) {
        showProblem(sentenceText(error));
    }
}

/// Why the runs cannot be deleted now; empty if they can.
QString RunsPage::reasonToKeep(const QList<qint64> &runs) const {
    for (const qint64 run : runs) {
        if (m_queue.uses(run))
            return tr("Run %1 is in use and cannot be deleted now.").arg(run);
        if (const RunPtr known = m_table->model().run(run);
            known != nullptr && known->status == RunStatus::Running)
            return tr("Run %1 is running; stop it before you delete it.").arg(run);
    }
    return {};
}

void RunsPage::removeRequested(const QList<qint64> &runs, bool isForGood) {
    const bool areTrashed = std::ranges::all_of(runs, [this](qint64 run) {
        const RunPtr known = m_runs.run(run);
        return known != nullptr && known->trashed;
    });
    if (isForGood || areTrashed)
        askToRemove(runs);
    else
        m_actions->moveToTrash(runs);
}

void RunsPage::askToRemove(const QList<qint64> &runs) {
    showProblem(reasonToKeep(runs));
    if (!m_problem->text().isEmpty())
        return;
    const RunPtr first = m_table->model().run(runs.front());
    const QString what = runs.size() == 1 && first != nullptr ? tr("Delete “%1”?").arg(runTitle(*first))
                                                              : tr("Delete %1 runs?").arg(runs.size());
    QString consequence = tr("Curves, results and checkpoints are deleted too. This cannot be undone.");
    const auto waiting = jobsOf(m_queue, runs).size();
    if (waiting == 1)
        consequence += tr(" A job in the queue is removed too.");
    else if (waiting > 1)
        consequence += tr(" %1 jobs in the queue are removed too.").arg(waiting);
    ask(*this, {QStringLiteral("deleteDialog"), what, consequence, tr("Delete")},
        [this, runs] { remove(runs); });
}

/// Their use may have begun while the question was open. Jobs that wait for them leave the queue.
void RunsPage::remove(const QList<qint64> &runs) {
    showProblem(reasonToKeep(runs));
    if (!m_problem->text().isEmpty())
        return;
    for (const JobId &id : jobsOf(m_queue, runs))
        m_queue.cancel(id);
    m_runs.remove(runs);
}

void RunsPage::removed(const QList<qint64> &runs, const QString &problem) {
    for (const qint64 run : runs)
        m_curves->forget(run);
    if (!problem.isEmpty())
        showProblem(problem);
}

void RunsPage::showProblem(const QString &problem) {
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void RunsPage::showUnreadable(const QString &problem) {
    m_unreadable = problem;
    showProblem(problem);
}

} // namespace simclr::ui
