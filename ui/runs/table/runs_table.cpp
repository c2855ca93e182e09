// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_table.h"

#include "core/util/error.h"
#include "ui/runs/table/runs_delegate.h"
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/table_values.h"
#include "ui/widgets/table_copy.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScopeGuard>
#include <QSettings>
#include <QStandardItemModel>
#include <QStyleOption>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString columnsKey = QStringLiteral("runs/table");
const QString oldColumnsKey = QStringLiteral("runs/columns11");           ///< a QHeaderView's state
const QString oldHiddenColumnsKey = QStringLiteral("runs/hiddenColumns"); ///< of versions before
constexpr int oldColumns = 11;
constexpr int nameCharacters = 24;
constexpr int padding = 18;

/// Rows from the top of the table: of each parent, then in it.
QList<int> placeOf(const QModelIndex &index) {
    QList<int> place;
    for (QModelIndex each = index; each.isValid(); each = each.parent())
        place.prepend(each.row());
    return place;
}

/// Ranges of selected rows, from the top of the table.
QItemSelection inOrder(const QItemSelection &selection) {
    QItemSelection sorted = selection;
    std::ranges::sort(sorted, {}, [](const QItemSelectionRange &range) { return placeOf(range.topLeft()); });
    return sorted;
}

} // namespace

RunsTable::RunsTable(RunsModel &model, QWidget *parent) : QTreeView(parent), m_model(model) {
    setObjectName(QStringLiteral("runsTable"));
    setAccessibleName(tr("Runs"));
    setModel(&model);
    setItemDelegate(new RunsDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::EditKeyPressed);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setRootIsDecorated(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_isArranging = true; // nothing is stored before it was read
    setUpHeader();
    setWidths();
    recallColumns();
    m_isArranging = false;
    setMouseTracking(true);
    connect(this, &QAbstractItemView::entered, this, &RunsTable::rowHovered);
    connect(this, &QAbstractItemView::viewportEntered, this, [this] { Q_EMIT rowHovered({}); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { columnsReplaced(); });
    const auto trackFolding = [this](const QModelIndex &index, bool isOpen) {
        const QStringList keys = index.data(RunsModel::GroupRole).toStringList();
        m_open.removeAll(keys);
        if (isOpen)
            m_open.append(keys);
    };
    connect(this, &QTreeView::expanded, this,
            [trackFolding](const QModelIndex &index) { trackFolding(index, true); });
    connect(this, &QTreeView::collapsed, this, [this, trackFolding](const QModelIndex &index) {
        if (!m_isChanging)
            trackFolding(index, false);
    });
}

void RunsTable::setUpHeader() {
    setSortingEnabled(true);
    sortByColumn(RunsModel::Started, Qt::DescendingOrder);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(false);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(true);
    connect(header(), &QHeaderView::customContextMenuRequested, this,
            [this](const QPoint &place) { chooseColumns(header()->mapToGlobal(place)); });
    connect(header(), &QHeaderView::sectionResized, this, [this](int section) {
        if (section == 0)
            return;
        fitName();
        rememberColumns();
    });
    connect(header(), &QHeaderView::sectionMoved, this, &RunsTable::rememberColumns);
    connect(header(), &QHeaderView::sortIndicatorChanged, this, &RunsTable::rememberColumns);
}

/// Wide enough for typical contents.
void RunsTable::setWidths() {
    const QHash<QString, QString> samples{
        {QStringLiteral("status"), tr("interrupted") + QStringLiteral("MMM")},
        {QStringLiteral("images"), tr("Imagenette")},
        {QStringLiteral("pipeline"), tr("SimCLR (CIFAR-10)")},
        {QStringLiteral("encoder"), tr("ResNet-18 ×0.0625")},
        {QStringLiteral("epoch"), tr("12.5 of 100")},
        {QStringLiteral("linear"), tr("60.0 % val.")},
        {QStringLiteral("knn"), tr("60.0 % val.")},
        {QStringLiteral("images_per_second"), tr("Images/s")},
        {QStringLiteral("created"), QStringLiteral("2000-00-00 00:00")},
        {QStringLiteral("duration"), tr("12 h 05 min")}};
    const QString other = tr("12 h 05 min");
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const QString &field = m_model.columns()[static_cast<std::size_t>(column)].field;
        setColumnWidth(column, fontMetrics().horizontalAdvance(samples.value(field, other)) + padding);
        setColumnHidden(column, m_model.columns()[static_cast<std::size_t>(column)].isHiddenAtFirst);
    }
    header()->setMinimumSectionSize(fontMetrics().horizontalAdvance(tr("Images/s")) + padding);
    header()->setSectionResizeMode(0, QHeaderView::Fixed);
}

/// The name column takes the remaining width, but never less than names need.
void RunsTable::fitName() {
    int others = 0;
    for (int column = 1; column < m_model.columnCount(); ++column)
        others += columnWidth(column); // 0 where it is hidden
    const int needed = fontMetrics().averageCharWidth() * nameCharacters;
    setColumnWidth(0, std::max(needed, viewport()->width() - others));
}

void RunsTable::widenForGroups() {
    const bool wasArranging = std::exchange(m_isArranging, true);
    const int needed = fontMetrics().horizontalAdvance(QStringLiteral("60.0 % ± 10.0 % (10)")) + padding;
    for (int column = 1; column < m_model.columnCount(); ++column)
        if (m_model.columns()[static_cast<std::size_t>(column)].isNumber && !isColumnHidden(column))
            setColumnWidth(column, std::max(columnWidth(column), needed));
    m_isArranging = wasArranging;
    fitName();
}

void RunsTable::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const {
    if (selectionModel()->isSelected(index))
        painter->fillRect(rect, theme::selection());
    if (!m_model.hasChildren(index))
        return;
    QStyleOption option;
    option.initFrom(viewport());
    const int side = std::min(indentation(), rect.height());
    option.rect = QRect(rect.right() - indentation() + 1, rect.center().y() - side / 2, side, side);
    option.state = QStyle::State_Enabled;
    style()->drawPrimitive(isExpanded(index) ? QStyle::PE_IndicatorArrowDown : QStyle::PE_IndicatorArrowRight,
                           &option, painter, this);
}

void RunsTable::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const {
    QTreeView::drawRow(painter, option, index);
    if (m_marked.isValid() && m_marked == index.siblingAtColumn(0))
        painter->fillRect(option.rect, theme::hover());
}

bool RunsTable::viewportEvent(QEvent *event) {
    if (event->type() == QEvent::Leave)
        Q_EMIT rowHovered({});
    return QTreeView::viewportEvent(event);
}

void RunsTable::markRow(const QModelIndex &row) {
    if (m_marked == row)
        return;
    m_marked = row;
    viewport()->update();
}

void RunsTable::resizeEvent(QResizeEvent *event) {
    QTreeView::resizeEvent(event);
    fitName();
}

// ---- selection

/// By ranges: asking for each row whether it is selected is slow for thousands.
QList<qint64> RunsTable::selectedRuns() const {
    QList<qint64> ids;
    QSet<qint64> known;
    for (const QItemSelectionRange &range : inOrder(selectionModel()->selection()))
        for (int row = range.top(); range.isValid() && row <= range.bottom(); ++row)
            for (const RunPtr &run : m_model.runsOf(m_model.index(row, 0, range.parent())))
                if (!known.contains(run->id)) {
                    known.insert(run->id);
                    ids.append(run->id);
                }
    return ids;
}

QModelIndexList RunsTable::selectedRows() const {
    QModelIndexList rows;
    for (const QItemSelectionRange &range : inOrder(selectionModel()->selection()))
        if (range.isValid() && !selectionModel()->isSelected(range.parent()))
            for (int row = range.top(); row <= range.bottom(); ++row)
                rows.append(m_model.index(row, 0, range.parent()));
    return rows;
}

QModelIndexList RunsTable::shownRows() const {
    QModelIndexList rows;
    for (QModelIndex row = m_model.index(0, 0); row.isValid(); row = indexBelow(row))
        rows.append(row);
    return rows;
}

QList<QStringList> RunsTable::selectedGroups() const {
    QList<QStringList> groups;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        for (int row = range.top(); range.isValid() && row <= range.bottom(); ++row)
            if (const QStringList keys =
                    m_model.index(row, 0, range.parent()).data(RunsModel::GroupRole).toStringList();
                !keys.isEmpty())
                groups.append(keys);
    return groups;
}

void RunsTable::selectRun(RunId run) {
    const QModelIndex index = m_model.indexOf(run);
    if (!index.isValid())
        return;
    expand(index.parent());
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void RunsTable::toggleRun(RunId run) {
    const QModelIndex index = m_model.indexOf(run);
    if (!index.isValid())
        return;
    expand(index.parent());
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    scrollTo(index);
}

void RunsTable::scrollToRun(RunId run) {
    const QModelIndex index = m_model.indexOf(run);
    if (!index.isValid())
        return;
    expand(index.parent());
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    scrollTo(index);
}

void RunsTable::keepSelection(const std::function<void()> &change) {
    const bool wasChanging = std::exchange(m_isChanging, true);
    change();
    if (!m_model.levels().empty() && !rootIsDecorated())
        widenForGroups();
    setRootIsDecorated(!m_model.levels().empty());
    expandOpen();
    selectChosen();
    m_isChanging = wasChanging;
}

void RunsTable::expandOpen() {
    const QList<QStringList> open = m_open; // expanding changes it
    for (const QStringList &keys : open)
        if (const QModelIndex group = m_model.indexOfGroup(keys); group.isValid())
            setExpanded(group, true);
}

void RunsTable::selectChosen() {
    m_chosen.removeIf([this](qint64 run) { return m_model.run(run) == nullptr; });
    if (m_chosen.isEmpty()) { // what the view selected instead
        m_chosen = selectedRuns();
        return;
    }
    QItemSelection wanted;
    const int last = m_model.columnCount() - 1;
    const auto add = [&](const QModelIndex &index) {
        if (!index.isValid())
            return;
        if (!wanted.isEmpty() && wanted.back().bottom() + 1 == index.row() &&
            wanted.back().parent() == index.parent())
            wanted.back() = QItemSelectionRange(wanted.back().topLeft(), index.siblingAtColumn(last));
        else
            wanted.select(index, index.siblingAtColumn(last));
    };
    QList<qint64> inGroups;
    for (const QStringList &keys : std::as_const(m_groups)) {
        const QModelIndex group = m_model.indexOfGroup(keys);
        add(group);
        if (group.isValid())
            for (const RunPtr &run : m_model.runsOf(group))
                inGroups.append(run->id);
    }
    QModelIndexList rows;
    const QSet<qint64> grouped(inGroups.cbegin(), inGroups.cend());
    for (const qint64 run : std::as_const(m_chosen))
        if (const QModelIndex index = m_model.indexOf(run); index.isValid() && !grouped.contains(run))
            rows.append(index);
    std::ranges::sort(rows, {}, placeOf);
    for (const QModelIndex &row : std::as_const(rows))
        add(row);
    selectionModel()->select(wanted, QItemSelectionModel::ClearAndSelect);
    if (!wanted.isEmpty() &&
        !selectionModel()->isSelected(currentIndex())) // what F2 and the arrow keys start from
        selectionModel()->setCurrentIndex(wanted.front().topLeft(), QItemSelectionModel::NoUpdate);
}

void RunsTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) {
    QTreeView::selectionChanged(selected, deselected);
    if (m_isChanging)
        return;
    m_chosen = selectedRuns();
    m_groups = selectedGroups();
    Q_EMIT selectionEdited();
}

bool RunsTable::copySelection() {
    TableRows rows = tableRows(m_model, selectedRows(), shownColumns(*header()));
    if (rows.rows.empty())
        return false;
    m_copying.ask(
        [rows = std::move(rows)](const BackgroundWorker::Task &task) {
            return toText(tableValues(rows, ColumnNames::Fields, task.stop()), TableFormat::Tsv);
        },
        [this](const std::string &text) {
            QGuiApplication::clipboard()->setText(QString::fromStdString(text));
            Q_EMIT copied();
        });
    return true;
}

// ---- menus and keys

void RunsTable::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Delete && !selectedRuns().isEmpty())
        Q_EMIT removeRequested(selectedRuns(), event->modifiers() == Qt::ShiftModifier);
    else if (event->matches(QKeySequence::Undo))
        Q_EMIT undoRequested();
    else if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTreeView::keyPressEvent(event);
}

void RunsTable::contextMenuEvent(QContextMenuEvent *event) {
    const QList<qint64> runs = selectedRuns();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("runsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndexList rows = selectedRows();
    const bool isOneRun = rows.size() == 1 && rows.front().data(RunsModel::RunIdRole).toLongLong() != 0;
    QAction *rename = menu->addAction(tr("Rename"), this, [this, row = QPersistentModelIndex(rows.value(0))] {
        setCurrentIndex(row);
        edit(row);
    });
    rename->setShortcut(Qt::Key_F2);
    rename->setEnabled(isOneRun);
    QAction *again = menu->addAction(tr("Train again with changes…"), this,
                                     [this, runs] { Q_EMIT trainAgainRequested(runs.value(0)); });
    again->setObjectName(QStringLiteral("trainAgainAction"));
    const RunPtr run = isOneRun ? m_model.run(runs.front()) : nullptr;
    again->setEnabled(run != nullptr && run->totalEpochs > 0); // imported weights were not trained here
    QAction *copy = menu->addAction(tr("Copy as a table"), this, [this] { copySelection(); });
    copy->setObjectName(QStringLiteral("copyRunsAction"));
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(!rows.isEmpty());
    Q_EMIT menuRequested(*menu, runs);
    QAction *remove =
        menu->addAction(tr("Delete…"), this, [this, runs] { Q_EMIT removeRequested(runs, true); });
    remove->setShortcut(Qt::SHIFT | Qt::Key_Delete);
    remove->setEnabled(!runs.isEmpty());
    menu->addSeparator();
    menu->addAction(tr("Columns…"), this, [this, place = event->globalPos()] { chooseColumns(place); });
    menu->popup(event->globalPos());
}

void RunsTable::chooseColumns(const QPoint &globalPosition) {
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 1; column < m_model.columnCount(); ++column) {
        QAction *action =
            menu->addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            rememberColumns();
        });
    }
    Q_EMIT columnsMenuRequested(*menu);
    menu->popup(globalPosition);
}

// ---- arrangement of columns

Json RunsTable::arrangement() const {
    Json columns = Json::array();
    for (int place = 0; place < header()->count(); ++place) {
        const int column = header()->logicalIndex(place);
        const bool isHidden = header()->isSectionHidden(column);
        Json entry{{"field", m_model.columns()[static_cast<std::size_t>(column)].field.toStdString()}};
        if (isHidden)
            entry["hidden"] = true;
        else
            entry["width"] = header()->sectionSize(column);
        columns.push_back(std::move(entry));
    }
    const auto sorted = static_cast<std::size_t>(header()->sortIndicatorSection());
    return {{"columns", std::move(columns)},
            {"sort", sorted < m_model.columns().size() ? m_model.columns()[sorted].field.toStdString() : ""},
            {"descending", header()->sortIndicatorOrder() == Qt::DescendingOrder}};
}

void RunsTable::setArrangement(const Json &arrangement) {
    if (!arrangement.is_object() || !arrangement.contains("columns") || !arrangement["columns"].is_array())
        return;
    const bool wasArranging = std::exchange(m_isArranging, true);
    const auto arranged = qScopeGuard([this, wasArranging] { m_isArranging = wasArranging; });
    int place = 0;
    for (const Json &entry : arrangement["columns"]) {
        const int column = m_model.columnOf(QString::fromStdString(entry.value("field", std::string())));
        if (column < 0)
            continue;
        header()->moveSection(header()->visualIndex(column), place++);
        setColumnHidden(column, column != 0 && entry.value("hidden", false)); // the name identifies the run
        if (const int width = entry.value("width", 0); width > 0)
            setColumnWidth(column, width);
    }
    const int sorted = m_model.columnOf(QString::fromStdString(arrangement.value("sort", std::string())));
    if (sorted >= 0)
        sortByColumn(sorted,
                     arrangement.value("descending", true) ? Qt::DescendingOrder : Qt::AscendingOrder);
    fitName();
}

void RunsTable::rememberColumns() {
    if (m_isArranging)
        return;
    QSettings().setValue(columnsKey, QString::fromStdString(arrangement().dump()));
}

void RunsTable::recallColumns() {
    const std::string stored = QSettings().value(columnsKey).toString().toStdString();
    if (stored.empty())
        return recallColumnsOfOldSettings();
    try {
        setArrangement(parseJson(stored, "the columns of the table of runs"));
    } catch (const std::exception &) { // settings that somebody has edited: the defaults stay
    }
}

/// Earlier versions stored the state of a header with the first columns only.
void RunsTable::recallColumnsOfOldSettings() {
    const QSettings settings;
    QStandardItemModel columns(0, oldColumns);
    QHeaderView old(Qt::Horizontal);
    old.setModel(&columns);
    const bool isArranged = old.restoreState(settings.value(oldColumnsKey).toByteArray());
    const QStringList atFirst{QString::number(RunsModel::Duration)};
    const QStringList hidden = settings.value(oldHiddenColumnsKey, atFirst).toStringList();
    const bool wasArranging = std::exchange(m_isArranging, true);
    for (int column = 1; column < oldColumns; ++column)
        setColumnHidden(column,
                        isArranged ? old.isSectionHidden(column) : hidden.contains(QString::number(column)));
    for (int place = 0; isArranged && place < oldColumns; ++place)
        header()->moveSection(header()->visualIndex(old.logicalIndex(place)), place);
    for (int column = 1; isArranged && column < oldColumns; ++column)
        if (!old.isSectionHidden(column))
            setColumnWidth(column, old.sectionSize(column));
    if (isArranged)
        sortByColumn(old.sortIndicatorSection(), old.sortIndicatorOrder());
    m_isArranging = wasArranging;
}

/// The model was reset: with other columns, or with many other rows, for example when groups are sorted.
void RunsTable::columnsReplaced() {
    header()->setSectionResizeMode(0, QHeaderView::Fixed);
    fitName();
    if (m_isChanging)
        return; // keepSelection() restores what follows
    m_isChanging = true;
    expandOpen();
    selectChosen();
    m_isChanging = false;
}

} // namespace simclr::ui
