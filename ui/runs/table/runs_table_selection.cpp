// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows of RunsTable are selected, and how that stays so while its rows change.
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/runs_table.h"
#include "ui/runs/table/table_values.h"
#include "ui/widgets/table_copy.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

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

} // namespace simclr::ui
