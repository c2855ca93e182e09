// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_table.h"

#include "ui/runs/runs_filter.h"
#include "ui/runs/runs_model.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSettings>
#include <algorithm>

namespace simclr::ui {

namespace {

const QString hiddenColumnsKey = QStringLiteral("runs/hiddenColumns");
constexpr int nameCharacters = 24;

} // namespace

RunsTable::RunsTable(RunsModel &model, RunsFilter &filter, QWidget *parent)
    : QTableView(parent), m_model(model), m_filter(filter) {
    setObjectName(QStringLiteral("runsTable"));
    setAccessibleName(tr("Runs"));
    setModel(&filter);
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
        if (section != RunsModel::Name)
            fitName();
    });
}

/// Wide enough for what usually stands there.
void RunsTable::setWidths() {
    const QString samples[RunsModel::columns] = {
        tr("a name of a run"), tr("interrupted") + QStringLiteral("MMM"),
        tr("Imagenette"),      tr("SimCLR (CIFAR-10)"),
        tr("ResNet-18 ×0.0625"), tr("12.5 of 100"),
        tr("60.0 % val."),     tr("60.0 % val."),
        tr("Images/s"),        QStringLiteral("2000-00-00 00:00"),
        tr("12 h 05 min")};
    constexpr int padding = 18;
    for (int column = 0; column < RunsModel::columns; ++column)
        setColumnWidth(column, fontMetrics().horizontalAdvance(samples[column]) + padding);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(tr("Images/s")) + padding);
    horizontalHeader()->setSectionResizeMode(RunsModel::Name, QHeaderView::Fixed);
}

/// The name takes the rest, but never less than names need.
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
    QStringList hidden;
    for (int column = 0; column < RunsModel::columns; ++column)
        if (isColumnHidden(column))
            hidden.append(QString::number(column));
    QSettings().setValue(hiddenColumnsKey, hidden);
}

void RunsTable::recallColumns() {
    const QStringList atFirst{QString::number(RunsModel::Duration)}; // so that a narrow window shows names
    const QStringList hidden = QSettings().value(hiddenColumnsKey, atFirst).toStringList();
    for (int column = RunsModel::Name + 1; column < RunsModel::columns; ++column)
        setColumnHidden(column, hidden.contains(QString::number(column)));
}

void RunsTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) {
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionEdited();
}

} // namespace simclr::ui
