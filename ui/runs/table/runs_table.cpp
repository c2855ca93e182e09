// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_table.h"

#include "ui/runs/table/pinned_header.h"
#include "ui/runs/table/runs_delegate.h"
#include "ui/runs/table/runs_model.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>
#include <algorithm>
#include <utility>

namespace simclr::ui {

RunsTable::RunsTable(RunsModel &model, QWidget *parent)
    : QTreeView(parent), m_model(model), m_header(new PinnedHeader(this)) {
    setObjectName(QStringLiteral("runsTable"));
    setAccessibleName(tr("Runs"));
    setHeader(m_header);
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
    applyPins();
    recallColumns();
    m_isArranging = false;
    setMouseTracking(true);
    connect(this, &QAbstractItemView::entered, this, &RunsTable::hover);
    connect(this, &QAbstractItemView::viewportEntered, this, [this] { hover({}); });
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
    header()->setSectionsClickable(true);
    setSortingEnabled(true);
    sortByColumn(RunsModel::Started, Qt::DescendingOrder);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(false);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(true);
    connect(header(), &QHeaderView::customContextMenuRequested, this, [this](const QPoint &place) {
        chooseColumns(header()->mapToGlobal(place), m_header->sectionAt(place));
    });
    connect(header(), &QHeaderView::sectionResized, this, [this](int section) {
        if (section == 0)
            return;
        fitName();
        rememberColumns();
    });
    connect(header(), &QHeaderView::sectionMoved, this, &RunsTable::rememberColumns);
    connect(header(), &QHeaderView::sortIndicatorChanged, this, &RunsTable::rememberColumns);
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
    if (m_header->pinnedWidth() > 0)
        drawPinned(*painter, option, index);
    if (m_marked.isValid() && m_marked == index.siblingAtColumn(0))
        painter->fillRect(option.rect, theme::hover());
}

/// Over the cells that have scrolled there.
void RunsTable::drawPinned(QPainter &painter, const QStyleOptionViewItem &option,
                           const QModelIndex &row) const {
    const QRect covered(0, option.rect.y(), m_header->pinnedWidth(), option.rect.height());
    painter.fillRect(covered, palette().base());
    for (const int column : m_header->pinnedSections()) {
        const QModelIndex cell = row.siblingAtColumn(column);
        QStyleOptionViewItem pinned = option;
        pinned.rect = visualRect(cell);
        if (selectionModel()->isSelected(cell))
            pinned.state |= QStyle::State_Selected;
        if (column == 0) { // the one with the arrows of groups
            const int left = columnViewportPosition(0) + m_header->shiftOf(0);
            drawBranches(&painter, {left, covered.y(), pinned.rect.left() - left, covered.height()}, cell);
        }
        itemDelegate()->paint(&painter, pinned, cell);
    }
    painter.fillRect(QRect(covered.right(), covered.y(), 1, covered.height()), theme::border());
}

bool RunsTable::viewportEvent(QEvent *event) {
    if (event->type() == QEvent::Leave)
        hover({});
    return QTreeView::viewportEvent(event);
}

void RunsTable::hover(const QModelIndex &row) {
    for (const QModelIndex &each : {QModelIndex(m_hovered), row})
        if (each.isValid())
            viewport()->update(0, visualRect(each).y(), viewport()->width(), visualRect(each).height());
    m_hovered = row.siblingAtColumn(0);
    Q_EMIT rowHovered(row);
}

bool RunsTable::isHovered(const QModelIndex &cell) const {
    return m_hovered.isValid() && m_hovered == cell.siblingAtColumn(0);
}

// ---- places of pinned columns

QModelIndex RunsTable::indexAt(const QPoint &place) const {
    return QTreeView::indexAt(m_header->unpinned(place));
}

QRect RunsTable::visualRect(const QModelIndex &index) const {
    const QRect place = QTreeView::visualRect(index);
    return place.isValid() ? place.translated(m_header->shiftOf(index.column()), 0) : place;
}

/// A pinned column is in view already; another one is not shown below them.
void RunsTable::scrollTo(const QModelIndex &index, ScrollHint hint) {
    const int before = horizontalScrollBar()->value();
    const bool isInView = m_header->shiftOf(index.column()) > 0;
    QTreeView::scrollTo(index, hint);
    const int covered = m_header->pinnedWidth() - columnViewportPosition(index.column());
    if (isInView)
        horizontalScrollBar()->setValue(before);
    else if (index.isValid() && covered > 0 && !m_header->isPinned(index.column()))
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - covered);
}

void RunsTable::scrollContentsBy(int dx, int dy) {
    QTreeView::scrollContentsBy(dx, dy);
    if (dx == 0)
        return;
    viewport()->update(); // what is pinned was moved with the rest
    m_header->viewport()->update();
}

// ---- the mouse

/// The group whose arrow is there, if that is in a pinned column, of which QTreeView does not know.
QModelIndex RunsTable::pinnedArrowAt(const QPoint &place) const {
    const QModelIndex group = indexAt(place);
    if (!group.isValid() || group.column() != 0 || m_header->shiftOf(0) == 0 || !m_model.hasChildren(group))
        return {};
    const int right = visualRect(group).left();
    return place.x() >= right - indentation() && place.x() < right ? group : QModelIndex();
}

QModelIndex RunsTable::linkAt(const QPoint &place) const {
    const QModelIndex cell = indexAt(place);
    const bool isLink = RunsDelegate::showsLink(*this, cell) &&
                        RunsDelegate::linkRect(*this, visualRect(cell)).contains(place);
    return isLink ? cell : QModelIndex();
}

void RunsTable::mousePressEvent(QMouseEvent *event) {
    const QPoint place = event->position().toPoint();
    if (const QModelIndex group = pinnedArrowAt(place); group.isValid())
        return setExpanded(group, !isExpanded(group));
    const bool isPlain = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
    m_pressedLink = isPlain ? linkAt(place) : QModelIndex();
    QTreeView::mousePressEvent(event); // selects the run
}

void RunsTable::mouseReleaseEvent(QMouseEvent *event) {
    QTreeView::mouseReleaseEvent(event);
    const QPersistentModelIndex pressed = std::exchange(m_pressedLink, QPersistentModelIndex());
    if (pressed.isValid() && linkAt(event->position().toPoint()) == pressed)
        Q_EMIT evaluateRequested(pressed.data(RunsModel::RunIdRole).toLongLong());
}

void RunsTable::mouseMoveEvent(QMouseEvent *event) {
    QTreeView::mouseMoveEvent(event);
    viewport()->setCursor(linkAt(event->position().toPoint()).isValid() ? Qt::PointingHandCursor
                                                                        : Qt::ArrowCursor);
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

} // namespace simclr::ui
