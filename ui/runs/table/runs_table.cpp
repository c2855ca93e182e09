// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_table.h"

#include "ui/runs/table/runs_delegate.h"
#include "ui/runs/table/runs_filter.h"
#include "ui/runs/table/runs_model.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSettings>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

/// The number of columns is part of the key: a state with other columns would be misread.
const QString columnsKey = QStringLiteral("runs/columns%1").arg(RunsModel::columns);
const QString hiddenColumnsKey = QStringLiteral("runs/hiddenColumns"); ///< of earlier versions
constexpr int nameCharacters = 24;

} // namespace

RunsTable::RunsTable(RunsModel &model, RunsFilter &filter, QWidget *parent)
    : QTableView(parent), m_model(model), m_filter(filter) {
    setObjectName(QStringLiteral("runsTable"));
    setAccessibleName(tr("Runs"));
    setModel(&filter);
    setItemDelegate(new RunsDelegate(filter, this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::EditKeyPressed);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSortingEnabled(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    sortByColumn(RunsModel::Started, Qt::DescendingOrder);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->setSectionsMovable(true);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this,
            [this](const QPoint &place) { chooseColumns(horizontalHeader()->mapToGlobal(place)); });
    setWidths();
    recallColumns();
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int section) {
        if (section == RunsModel::Name)
            return;
        fitName();
        rememberColumns();
    });
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &RunsTable::rememberColumns);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &RunsTable::rememberColumns);
}

/// Wide enough for typical contents.
void RunsTable::setWidths() {
    const QString samples[RunsModel::columns] = {
        tr("a name of a run"),   tr("interrupted") + QStringLiteral("MMM"),
        tr("Imagenette"),        tr("SimCLR (CIFAR-10)"),
        tr("ResNet-18 ×0.0625"), tr("12.5 of 100"),
        tr("60.0 % val."),       tr("60.0 % val."),
        tr("Images/s"),          QStringLiteral("2000-00-00 00:00"),
        tr("12 h 05 min")};
    constexpr int padding = 18;
    for (int column = 0; column < RunsModel::columns; ++column)
        setColumnWidth(column, fontMetrics().horizontalAdvance(samples[column]) + padding);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(tr("Images/s")) + padding);
    horizontalHeader()->setSectionResizeMode(RunsModel::Name, QHeaderView::Fixed);
}

/// The name column takes the remaining width, but never less than names need.
void RunsTable::fitName() {
    int others = 0;
    for (int column = 0; column < RunsModel::columns; ++column)
        if (column != RunsModel::Name)
            others += columnWidth(column); // 0 where it is hidden
    const int needed = fontMetrics().averageCharWidth() * nameCharacters;
    setColumnWidth(RunsModel::Name, std::max(needed, viewport()->width() - others));
}

void RunsTable::resizeEvent(QResizeEvent *event) {
    QTableView::resizeEvent(event);
    fitName();
}

QList<qint64> RunsTable::selectedRuns() const {
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QList<qint64> ids;
    for (const QModelIndex &row : rows)
        ids.append(row.data(RunsModel::RunIdRole).toLongLong());
    return ids;
}

void RunsTable::selectRun(RunId run) {
    const QModelIndex index = m_filter.mapFromSource(m_model.indexOf(run));
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void RunsTable::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Delete && !selectedRuns().isEmpty())
        Q_EMIT removeRequested(selectedRuns());
    else
        QTableView::keyPressEvent(event);
}

void RunsTable::contextMenuEvent(QContextMenuEvent *event) {
    const QList<qint64> runs = selectedRuns();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("runsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *rename =
        menu->addAction(tr("Rename"), this, [this] { edit(currentIndex().siblingAtColumn(0)); });
    rename->setShortcut(Qt::Key_F2);
    rename->setEnabled(runs.size() == 1);
    QAction *again = menu->addAction(tr("Train again with changes…"), this,
                                     [this, runs] { Q_EMIT trainAgainRequested(runs.value(0)); });
    again->setObjectName(QStringLiteral("trainAgainAction"));
    again->setEnabled(runs.size() == 1);
    QAction *remove = menu->addAction(tr("Delete…"), this, [this, runs] { Q_EMIT removeRequested(runs); });
    remove->setShortcut(Qt::Key_Delete);
    remove->setEnabled(!runs.isEmpty());
    menu->addSeparator();
    menu->addAction(tr("Columns…"), this, [this, place = event->globalPos()] { chooseColumns(place); });
    menu->popup(event->globalPos());
}

void RunsTable::chooseColumns(const QPoint &globalPosition) {
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = RunsModel::Name + 1; column < RunsModel::columns; ++column) {
        QAction *action =
            menu->addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            rememberColumns();
        });
    }
    menu->popup(globalPosition);
}

void RunsTable::rememberColumns() const {
    QSettings().setValue(columnsKey, horizontalHeader()->saveState());
}

void RunsTable::recallColumns() {
    if (!horizontalHeader()->restoreState(QSettings().value(columnsKey).toByteArray()))
        return hideColumnsOfOldSettings();
    horizontalHeader()->setSectionResizeMode(RunsModel::Name, QHeaderView::Fixed);
    setColumnHidden(RunsModel::Name, false); // identifies the run
    sortByColumn(horizontalHeader()->sortIndicatorSection(), horizontalHeader()->sortIndicatorOrder());
}

void RunsTable::hideColumnsOfOldSettings() {
    const QStringList atFirst{QString::number(RunsModel::Duration)}; // so that a narrow window shows names
    const QStringList hidden = QSettings().value(hiddenColumnsKey, atFirst).toStringList();
    for (int column = RunsModel::Name + 1; column < RunsModel::columns; ++column)
        setColumnHidden(column, hidden.contains(QString::number(column)));
}

void RunsTable::keepSelection(const std::function<void()> &change) {
    const bool wasChanging = std::exchange(m_isChanging, true);
    change();
    selectChosen();
    m_isChanging = wasChanging;
}

void RunsTable::selectChosen() {
    m_chosen.removeIf([this](qint64 run) { return m_model.run(run) == nullptr; });
    if (m_chosen.isEmpty()) { // what the view selected instead
        m_chosen = selectedRuns();
        return;
    }
    QList<int> rows;
    for (const qint64 run : std::as_const(m_chosen))
        if (const QModelIndex index = m_filter.mapFromSource(m_model.indexOf(run)); index.isValid())
            rows.append(index.row());
    std::ranges::sort(rows);
    QItemSelection wanted;
    for (qsizetype begin = 0, end = 0; begin < rows.size(); begin = end) {
        for (end = begin + 1; end < rows.size() && rows[end] == rows[end - 1] + 1;)
            ++end;
        wanted.select(m_filter.index(rows[begin], 0), m_filter.index(rows[end - 1], RunsModel::columns - 1));
    }
    selectionModel()->select(wanted, QItemSelectionModel::ClearAndSelect);
    if (!rows.isEmpty() && !rows.contains(currentIndex().row())) // what F2 and the arrow keys start from
        selectionModel()->setCurrentIndex(m_filter.index(rows.front(), 0), QItemSelectionModel::NoUpdate);
}

void RunsTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) {
    QTableView::selectionChanged(selected, deselected);
    if (m_isChanging)
        return;
    m_chosen = selectedRuns();
    Q_EMIT selectionEdited();
}

} // namespace simclr::ui
