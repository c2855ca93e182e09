// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_panel.h"

#include "core/query/open_word.h"
#include "core/util/error.h"
#include "ui/runs/table/field_column.h"
#include "ui/runs/table/field_dialog.h"
#include "ui/runs/table/filter_completion.h"
#include "ui/runs/table/runs_filter_bar.h"
#include "ui/runs/table/runs_table.h"
#include "ui/runs/table/views_button.h"
#include "ui/text/run_text.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/message_overlay.h"
#include "ui/widgets/table_copy.h"
#include "ui/workspace/run_catalogue.h"

#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <ranges>
#include <utility>

namespace simclr::ui {

namespace {

const QString levelsKey = QStringLiteral("runs/groups");
const QString columnsKey = QStringLiteral("runs/extraColumns");
constexpr int viewVersion = 1;

Json toJson(const QStringList &texts) {
    Json json = Json::array();
    for (const QString &text : texts)
        json.push_back(text.toStdString());
    return json;
}

/// Those that are texts.
QStringList textsFrom(const Json &json, const char *member) {
    QStringList texts;
    if (json.contains(member) && json[member].is_array())
        for (const Json &text : json[member])
            if (text.is_string())
                texts.append(QString::fromStdString(text.get<std::string>()));
    return texts;
}

/// What runs are grouped by most often.
const QStringList offeredLevels{QLatin1String(replicatesField), QStringLiteral("pipeline"),
                                QStringLiteral("images"),       QStringLiteral("encoder"),
                                QStringLiteral("batch"),        QStringLiteral("epochs"),
                                QStringLiteral("tag"),          QStringLiteral("status")};

} // namespace

RunsPanel::RunsPanel(RunCatalogue &catalogue, const std::filesystem::path &database, QWidget *parent)
    : QWidget(parent),
      m_catalogue(catalogue),
      m_queries(database, this),
      m_bar(new RunsFilterBar),
      m_table(new RunsTable(m_model)),
      m_groups(new QToolButton),
      m_views(new ViewsButton(catalogue, [this] { return view(); })) {
    setObjectName(QStringLiteral("runsPanel"));
    buildGroupsButton();
    m_bar->addButton(m_views);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_bar);
    column->addWidget(m_table, 1);
    auto *messages = new MessageOverlay(*this, *m_table, MessageOverlay::Edge::Top);
    messages->setObjectName(QStringLiteral("filterMessages"));
    messages->add(m_bar->problem());
    connectFilter();
    connectTable();
    recall();
    applyFilter();
}

RunsPanel::~RunsPanel() {
    delete m_table; // before its model
}

void RunsPanel::connectFilter() {
    connect(&m_model, &RunsModel::arranged, this, [this] {
        m_shown.reset();
        showCount();
    });
    connect(m_bar, &RunsFilterBar::edited, this, [this] { applyFilter(); });
    connect(m_bar, &RunsFilterBar::columnsRequested, m_table,
            [this](const QPoint &globalPosition) { m_table->chooseColumns(globalPosition); });
    connect(&m_queries, &RunQueries::filtered, this, [this](const FilterAnswer &answer) {
        m_bar->showProblem(answer.problem, answer.from, answer.length);
        if (!answer.problem.isEmpty())
            return; // the table stays
        m_matching = answer;
        arrange();
    });
    connect(&m_queries, &RunQueries::valuesRead, this, [this] { takeValues(); });
    connect(&m_queries, &RunQueries::partRead, this, [this] { takeValues(); });
    m_bar->line().setCompletions(
        [this](const QString &line, int cursor) { return completionsOf(line, cursor, m_queries); });
}

void RunsPanel::connectTable() {
    connect(m_table, &RunsTable::selectionEdited, this, &RunsPanel::selectionEdited);
    connect(m_table, &RunsTable::rowHovered, this, [this](const QModelIndex &row) {
        QList<qint64> runs;
        if (row.isValid())
            for (const RunPtr &run : m_model.runsOf(row))
                runs.append(run->id);
        Q_EMIT hovered(runs);
    });
    connect(m_table->header(), &QHeaderView::sortIndicatorChanged, this,
            &RunsPanel::selectionEdited); // the same runs in another order
    connect(m_table, &RunsTable::removeRequested, this, &RunsPanel::removeRequested);
    connect(m_table, &RunsTable::trainAgainRequested, this, &RunsPanel::trainAgainRequested);
    connect(m_table, &RunsTable::evaluateRequested, this, &RunsPanel::evaluateRequested);
    connect(m_table, &RunsTable::undoRequested, this, &RunsPanel::undoRequested);
    connect(m_table, &RunsTable::menuRequested, this, &RunsPanel::menuRequested);
    connect(m_table, &RunsTable::columnsMenuRequested, this, [this](QMenu &menu) { fillColumnsMenu(menu); });
    connect(&m_model, &RunsModel::renamed, this, &RunsPanel::renamed);
    connect(m_views, &ViewsButton::failed, this, &RunsPanel::failed);
    connect(m_views, &ViewsButton::chosen, this, [this](const Json &view) {
        try {
            setView(view);
        } catch (const std::exception &error) {
            Q_EMIT failed(sentenceText(error));
        }
    });
}

void RunsPanel::buildGroupsButton() {
    m_groups->setObjectName(QStringLiteral("groupsButton"));
    m_groups->setText(tr("Group"));
    m_groups->setToolTip(tr("Groups the runs: mean ± standard deviation over all runs of a group"));
    m_groups->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_groups);
    menu->setObjectName(QStringLiteral("groupsMenu"));
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillGroupsMenu(*menu); });
    m_groups->setMenu(menu);
    m_bar->addButton(m_groups);
}

// ---- what is shown

/// A word that may become a condition while the user types is left out until Enter is pressed.
void RunsPanel::applyFilter() {
    const QString line = m_bar->filter();
    const std::optional<OpenWord> open =
        m_bar->line().isTyped() ? openWordOf(line.toStdString(), m_queries.names()) : std::nullopt;
    m_bar->line().offerSearch(open ? QString::fromStdString(open->word) : QString());
    m_bar->setApplied(open ? QString::fromStdString(open->before) : line);
    m_queries.filter(m_bar->applied());
}

/// Without a filter, runs that were archived or are in the trash are not shown.
bool RunsPanel::isShown(const RunRecord &run) const {
    if (m_bar->status() && run.status != *m_bar->status())
        return false;
    return m_matching.ids ? m_matching.ids->contains(run.id) : !run.archived && !run.trashed;
}

QSet<qint64> RunsPanel::shownOf(const std::vector<RunPtr> &runs) const {
    QSet<qint64> shown;
    for (const RunPtr &run : runs)
        if (isShown(*run))
            shown.insert(run->id);
    return shown;
}

void RunsPanel::arrange() {
    m_table->keepSelection([this] { m_model.setShown(shownOf(m_model.runs())); });
    Q_EMIT selectionEdited();
}

void RunsPanel::showRuns() {
    const bool isFirst = m_model.runs().empty() && !m_catalogue.runs().empty();
    const bool isWanted = m_toSelect != 0;
    m_table->keepSelection([this] { m_model.setRuns(m_catalogue.runs(), shownOf(m_catalogue.runs())); });
    Q_EMIT selectionEdited();
    if (m_matching.ids)
        applyFilter(); // values that it compares may have changed
    readValues();      // they may have changed too
    if (isFirst && !isWanted && m_model.rowCount() > 0)
        m_toSelect = m_model.index(0, 0).data(RunsModel::RunIdRole).toLongLong();
    if (m_toSelect != 0 && m_model.run(m_toSelect) != nullptr)
        selectNow(std::exchange(m_toSelect, 0), isWanted);
}

void RunsPanel::selectRun(RunId run) {
    m_toSelect = run;
    showRuns();
}

/// Removes a filter that hides the run if it `isWanted`, which the run selected by default is not.
void RunsPanel::selectNow(RunId run, bool isWanted) {
    if (isWanted && !m_model.indexOf(run).isValid()) {
        m_bar->clear();
        m_matching = {};
        arrange();
    }
    m_table->selectRun(run);
}

void RunsPanel::showCount() {
    const auto all = std::ranges::count_if(m_model.runs(), [](const RunPtr &run) { return !run->trashed; });
    m_bar->showCount(m_model.shownRuns(), static_cast<int>(all));
}

QAbstractScrollArea &RunsPanel::rowsArea() const {
    return *m_table;
}

QList<qint64> RunsPanel::selectedRuns() const {
    return m_table->selectedRuns();
}

SelectedRuns RunsPanel::entityOf(const QModelIndex &row, bool namesRuns) const {
    std::vector<RunPtr> runs = m_model.runsOf(row);
    const bool isGroup = row.data(RunsModel::RunIdRole).toLongLong() == 0;
    const QString title = isGroup ? m_model.titleOf(row) : namesRuns ? runTitle(*runs.front()) : QString();
    return {title, std::move(runs), isGroup};
}

std::vector<SelectedRuns> RunsPanel::selection() const {
    std::vector<SelectedRuns> selection;
    for (const QModelIndex &index : m_table->selectedRows())
        selection.push_back(entityOf(index, true));
    return selection;
}

std::shared_ptr<const std::vector<SelectedRuns>> RunsPanel::shown() const {
    if (m_shown == nullptr) {
        std::vector<SelectedRuns> entities;
        addShown({}, entities);
        m_shown = std::make_shared<const std::vector<SelectedRuns>>(std::move(entities));
    }
    return m_shown;
}

/// A row is a run, or a group of runs, or one of groups.
void RunsPanel::addShown(const QModelIndex &parent, std::vector<SelectedRuns> &entities) const {
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        const QModelIndex first = m_model.index(0, 0, index);
        if (first.isValid() && m_model.rowCount(first) > 0)
            addShown(index, entities);
        else
            entities.push_back(entityOf(index, false));
    }
}

void RunsPanel::toggleRun(RunId run) {
    m_table->toggleRun(run);
}

void RunsPanel::scrollToRun(RunId run) {
    m_table->scrollToRun(run);
}

void RunsPanel::markRuns(const QList<qint64> &runs) {
    QModelIndex row = runs.isEmpty() ? QModelIndex() : m_model.indexOf(runs.first());
    while (row.parent().isValid() && std::ssize(m_model.runsOf(row)) < runs.size())
        row = row.parent();
    m_table->markRow(row.siblingAtColumn(0));
}

QString RunsPanel::filter() const {
    return m_bar->applied();
}

void RunsPanel::setFilter(const QString &line) {
    m_bar->setFilter(line);
}

TableRows RunsPanel::rows(bool onlySelected) const {
    return tableRows(m_model, onlySelected ? m_table->selectedRows() : m_table->shownRows(),
                     shownColumns(*m_table->header()));
}

void RunsPanel::addButton(QToolButton *button) {
    m_bar->addButton(button);
}

// ---- groups and columns

void RunsPanel::setLevels(const QStringList &fields) {
    m_levels = fields;
    remember();
    readValues();
    if (fields.isEmpty())
        takeValues();
}

void RunsPanel::setExtraColumns(const QStringList &fields) {
    m_extraColumns = fields;
    remember();
    readValues();
    if (fields.isEmpty())
        takeValues();
}

void RunsPanel::readValues() {
    m_queries.read(m_levels + m_extraColumns);
}

/// The values have come: of new columns and groups, or newer ones.
void RunsPanel::takeValues() {
    if (m_levels.isEmpty() && m_extraColumns.isEmpty() && m_model.levels().empty() &&
        m_model.columnCount() == RunsModel::Seed + 1)
        return; // only the names were read
    std::vector<RunColumn> columns;
    for (const QString &field : std::as_const(m_extraColumns))
        columns.push_back(fieldColumn(field, m_queries));
    std::vector<RunLevel> levels;
    for (const QString &field : std::as_const(m_levels))
        levels.push_back(fieldLevel(field, m_queries));
    const bool isOther =
        !std::ranges::equal(columns, m_model.columns() | std::views::drop(RunsModel::Seed + 1), {},
                            &RunColumn::field, &RunColumn::field);
    const Json arrangement = m_table->arrangement();
    m_table->keepSelection([&] {
        m_model.setExtraColumns(std::move(columns));
        m_model.setLevels(std::move(levels));
    });
    if (isOther) // a header knows its columns by their places only
        m_table->setArrangement(arrangement);
    Q_EMIT selectionEdited();
    m_groups->setText(m_levels.isEmpty() ? tr("Group") : tr("Grouped"));
}

void RunsPanel::fillGroupsMenu(QMenu &menu) {
    menu.clear();
    QStringList fields = offeredLevels;
    for (const QString &field : std::as_const(m_levels))
        if (!fields.contains(field))
            fields.append(field);
    for (const QString &field : std::as_const(fields)) {
        QAction *action =
            menu.addAction(field == offeredLevels.front() ? tr("All but the seed") : fieldTitle(field));
        action->setCheckable(true);
        action->setChecked(m_levels.contains(field));
        connect(action, &QAction::toggled, this, [this, field](bool isOn) {
            QStringList levels = m_levels;
            levels.removeAll(field);
            if (isOn)
                levels.append(field);
            setLevels(levels);
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Another option…"), this, [this] {
        askForField(*this, tr("Group by"), m_queries,
                    [this](const QString &field) { setLevels(m_levels + QStringList{field}); });
    });
    menu.addAction(tr("No groups"), this, [this] { setLevels({}); })->setEnabled(!m_levels.isEmpty());
}

void RunsPanel::fillColumnsMenu(QMenu &menu) {
    menu.addSeparator();
    menu.addAction(tr("Add a column…"), this, [this] {
        askForField(*this, tr("Add a column"), m_queries, [this](const QString &field) {
            if (!m_extraColumns.contains(field))
                setExtraColumns(m_extraColumns + QStringList{field});
        });
    });
    for (const QString &field : std::as_const(m_extraColumns))
        menu.addAction(tr("Remove “%1”").arg(fieldTitle(field)), this, [this, field] {
            QStringList fields = m_extraColumns;
            fields.removeAll(field);
            setExtraColumns(fields);
        });
}

// ---- views

Json RunsPanel::view() const {
    return {{"version", viewVersion},
            {"filter", m_bar->applied().toStdString()},
            {"status", m_bar->status() ? statusName(*m_bar->status()) : std::string()},
            {"groups", toJson(m_levels)},
            {"fields", toJson(m_extraColumns)},
            {"table", m_table->arrangement()}};
}

void RunsPanel::setView(const Json &view) {
    if (!view.is_object() || view.value("version", 0) != viewVersion)
        throw InvalidInput(tr("This view was saved by a newer version of the program.").toStdString());
    m_extraColumns = textsFrom(view, "fields");
    m_levels = textsFrom(view, "groups");
    takeValues(); // the columns exist before they are arranged
    m_table->setArrangement(view.value("table", Json()));
    m_table->rememberColumns();
    m_bar->setStatus(QString::fromStdString(view.value("status", std::string())));
    m_bar->setFilter(QString::fromStdString(view.value("filter", std::string())));
    remember();
    readValues();
}

void RunsPanel::remember() const {
    QSettings settings;
    settings.setValue(levelsKey, m_levels);
    settings.setValue(columnsKey, m_extraColumns);
}

void RunsPanel::recall() {
    const QSettings settings;
    m_levels = settings.value(levelsKey).toStringList();
    m_extraColumns = settings.value(columnsKey).toStringList();
    if (!m_extraColumns.isEmpty() || !m_levels.isEmpty()) {
        takeValues();
        m_table->recallColumns();
    }
}

void RunsPanel::refreshViews() {
    m_views->refresh();
}

void RunsPanel::applyLook() {
    m_bar->applyLook();
}

} // namespace simclr::ui
