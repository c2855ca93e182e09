// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/compare_tabs.h"

#include "ui/runs/compare/agreement/agreement_panel.h"
#include "ui/runs/compare/comparison_panel.h"
#include "ui/runs/compare/figures/figure_panel.h"
#include "ui/runs/compare/importance/importance_panel.h"
#include "ui/runs/compare/parallel/brush_filter.h"
#include "ui/runs/compare/parallel/parallel_panel.h"
#include "ui/runs/compare/pipelines/pipelines_panel.h"
#include "ui/runs/compare/scatter/scatter_panel.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString viewKey = QStringLiteral("runs/compareView");
const QString scopeKey = QStringLiteral("runs/compareScope");

enum Scope { AllShown = 0, Selected = 1 }; // stored in the settings

} // namespace

CompareTabs::CompareTabs(std::filesystem::path database, DatasetCache &images, const RunsPanel &runs,
                         QWidget *parent)
    : QWidget(parent),
      m_database(std::move(database)),
      m_runs(runs),
      m_finder(m_database),
      m_table(new ComparisonPanel(m_database)),
      m_pipelines(new PipelinesPanel(images)),
      m_scatter(new ScatterPanel(m_database)),
      m_buttons(new QButtonGroup(this)),
      m_bar(new QHBoxLayout),
      m_scope(new QComboBox),
      m_views(new QStackedWidget) {
    setObjectName(QStringLiteral("compareTabs"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(6);
    column->addWidget(buildBar());
    column->addWidget(m_views, 1);
    addView(QStringLiteral("compareTable"), tr("Table"),
            tr("The selected runs as rows: accuracies, and the options in which they differ"), *m_table);
    addFigures();
    addView(QStringLiteral("comparePipelines"), tr("Pipelines"),
            tr("The same images as the pipelines of the selected runs render them, and what differs"),
            *m_pipelines);
    connect(&m_finder, &FieldFinder::found, this, &CompareTabs::offer);
    showView(std::clamp(QSettings().value(viewKey).toInt(), 0, m_views->count() - 1));
}

QWidget *CompareTabs::buildBar() {
    auto *bar = new QWidget;
    m_scope->setObjectName(QStringLiteral("compareScope"));
    m_scope->setAccessibleName(tr("Runs of the figure"));
    m_scope->setToolTip(tr("Which runs the figure shows"));
    m_scope->addItem(tr("All runs in the table"), AllShown);
    m_scope->addItem(tr("Selected runs"), Selected);
    m_scope->setCurrentIndex(
        m_scope->findData(QSettings().value(scopeKey).toInt() == Selected ? Selected : AllShown));
    m_scope->setMinimumContentsLength(8); // in a narrow window
    WheelGuard::install(m_scope);
    connect(m_scope, &QComboBox::activated, this, [this] {
        QSettings().setValue(scopeKey, m_scope->currentData());
        refresh();
    });
    m_bar->setContentsMargins(0, 0, 0, 0);
    m_bar->setSpacing(2);
    m_bar->addStretch(1);
    m_bar->addWidget(m_scope);
    bar->setLayout(m_bar);
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int view) {
        QSettings().setValue(viewKey, view);
        showView(view);
    });
    return bar;
}

void CompareTabs::addView(const QString &name, const QString &title, const QString &help, QWidget &view) {
    QToolButton *button = exclusiveButton(name, title, help);
    m_bar->insertWidget(m_views->count(), button);
    m_buttons->addButton(button, m_views->count());
    m_views->addWidget(&view);
}

void CompareTabs::addFigure(const QString &name, const QString &title, const QString &help,
                            FigurePanel &panel) {
    addView(name, title, help, panel);
    connect(&panel, &FigurePanel::filterRequested, this, &CompareTabs::filterBy);
    connect(&panel, &FigurePanel::runChosen, this, [this](qint64 run, bool isAdded) {
        if (showsAll())
            Q_EMIT runChosen(run, isAdded);
        else
            Q_EMIT runPointedAt(run); // another selection would change the figure
    });
}

void CompareTabs::addFigures() {
    addFigure(QStringLiteral("compareScatter"), tr("Scatter"),
              tr("Any option, metric or accuracy against any other; each run is a point"), *m_scatter);
    addFigure(QStringLiteral("compareParallel"), tr("Parallel coordinates"),
              tr("Options and accuracies as axes, each run as a line; brushing an axis filters the table"),
              *new ParallelPanel(m_database));
    auto *importance = new ImportancePanel(m_database);
    addFigure(QStringLiteral("compareImportance"), tr("Importance"),
              tr("Which options go together with an accuracy: rank correlation and a random forest"),
              *importance);
    auto *agreement = new AgreementPanel(m_database);
    addFigure(QStringLiteral("compareAgreement"), tr("Agreement"),
              tr("For how many images two runs predict the same class"), *agreement);
    connect(importance, &ImportancePanel::scatterRequested, this, &CompareTabs::showScatter);
    connect(agreement, &AgreementPanel::disagreementRequested, this, &CompareTabs::disagreementRequested);
}

void CompareTabs::showScatter(const QString &x, const QString &y) {
    m_scatter->setFields(x, y);
    showView(m_views->indexOf(m_scatter));
}

/// A filter that the user has edited since is the one to add to.
void CompareTabs::filterBy(const QString &condition) {
    if (!isFilteredByFigure())
        m_filterBefore = m_runs.filter();
    m_filterWritten = combinedFilter(m_filterBefore, condition);
    Q_EMIT filterRequested(m_filterWritten);
}

bool CompareTabs::isFilteredByFigure() const {
    return !m_filterWritten.isEmpty() && m_runs.filter() == m_filterWritten;
}

FigurePanel *CompareTabs::currentFigure() const {
    return qobject_cast<FigurePanel *>(m_views->currentWidget());
}

bool CompareTabs::showsAll() const {
    return m_scope->currentData().toInt() == AllShown;
}

void CompareTabs::showView(int view) {
    m_views->setCurrentIndex(view);
    m_buttons->button(view)->setChecked(true);
    m_scope->setVisible(currentFigure() != nullptr);
    refresh();
}

void CompareTabs::setRuns(const std::vector<RunRecord> &runs, std::size_t selected) {
    m_table->setRuns(runs, selected);
    m_pipelines->setRuns(runs);
    m_table->setGroups(m_runs.model().levels().empty() ? std::vector<SelectedRuns>() : m_runs.selection());
    refresh();
}

FigureRuns CompareTabs::figureRuns() const {
    if (!showsAll())
        return {
            std::make_shared<const std::vector<SelectedRuns>>(m_runs.selection()), {}, isFilteredByFigure()};
    const QList<qint64> selected = m_runs.selectedRuns();
    return {m_runs.shown(), QSet<qint64>(selected.begin(), selected.end()), isFilteredByFigure()};
}

/// The options in which runs differ change with the runs of the store, seldom with a selection.
void CompareTabs::refresh() {
    FigurePanel *figure = currentFigure();
    if (figure == nullptr || !isVisible())
        return;
    const FigureRuns runs = figureRuns();
    m_offered.accuracies = accuracyFields(runs);
    figure->offer(m_offered);
    if (!std::exchange(m_isFound, true))
        m_finder.find();
    figure->setRuns(runs);
}

void CompareTabs::offer(const OfferedFields &fields) {
    m_offered.options = fields.options;
    m_offered.metrics = fields.metrics;
    if (FigurePanel *figure = currentFigure())
        figure->offer(m_offered);
}

void CompareTabs::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_isFound = false; // there may be other options
    refresh();
}

} // namespace simclr::ui
