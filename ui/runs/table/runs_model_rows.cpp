// SPDX-License-Identifier: GPL-3.0-or-later
// How the rows of RunsModel change.
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/tree_order.h"

#include <QStringList>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

/// With more changes than these, the rows are built again: each change makes the view lay itself out.
constexpr int mostPatches = 32;

QStringList fieldsOf(const std::vector<RunLevel> &levels) {
    QStringList fields;
    for (const RunLevel &level : levels)
        fields.append(level.field);
    return fields;
}

} // namespace

void RunsModel::arrange() {
    std::unique_ptr<RunNode> newer = arrangeRuns(m_runs, m_columns, m_order);
    const QStringList levels = fieldsOf(m_order.levels);
    const bool areOther = std::exchange(m_shownLevels, levels) != levels;
    if (!areOther && haveSameShape(*m_root, *newer)) {
        update(*m_root, *newer);
    } else if (areOther || !patch(*newer)) {
        beginResetModel();
        m_root = std::move(newer);
        m_nodes.clear();
        indexRuns(*m_root);
        endResetModel();
    }
    Q_EMIT arranged();
}

void RunsModel::indexRuns(const RunNode &node) {
    for (const auto &child : node.children) {
        if (child->run != nullptr)
            m_nodes[child->run->id] = child.get();
        indexRuns(*child);
    }
}

/// Takes the values of the same rows.
void RunsModel::update(RunNode &node, const RunNode &newer) {
    node.runs = newer.runs;
    for (std::size_t row = 0; row < node.children.size(); ++row) {
        RunNode &child = *node.children[row];
        const RunNode &other = *newer.children[row];
        const bool isOther = child.title != other.title || child.runs != other.runs;
        child.title = other.title;
        update(child, other);
        if (child.isGroup() && isOther)
            tellGroupChanged(child);
        if (child.run == other.run)
            continue;
        const RunPtr before = std::exchange(child.run, other.run);
        tellChanges(child, *before);
        tellGroupChanged(*child.parent);
    }
}

/// And the groups around it.
void RunsModel::tellGroupChanged(RunNode &node) {
    for (RunNode *group = &node; group != m_root.get(); group = group->parent) {
        group->forgetSummaries();
        Q_EMIT dataChanged(indexOf(*group), indexOf(*group, columnCount() - 1));
    }
}

/// For an unchanged cell, dataChanged() would reset an open editor.
void RunsModel::tellChanges(const RunNode &node, const RunRecord &before) {
    const RunRecord &after = *node.run;
    for (int place = 0; place < columnCount(); ++place) {
        const RunColumn &column = m_columns[static_cast<std::size_t>(place)];
        if ((column.growsWithTime && after.status == RunStatus::Running) ||
            column.text(before) != column.text(after) ||
            sortValue(column, before) != sortValue(column, after) ||
            toolTip(column, before) != toolTip(column, after))
            Q_EMIT dataChanged(indexOf(node, place), indexOf(node, place));
    }
}

/// Changes rows one range at a time; false if there are too many.
bool RunsModel::patch(RunNode &newer) {
    if (rangesBetween(*m_root, newer) > mostPatches)
        return false;
    removeGone(*m_root, newer);
    reorder(newer);
    insertNew(*m_root, newer);
    update(*m_root, newer);
    return true;
}

void RunsModel::forgetRuns(const RunNode &node) {
    node.visitRuns([this](const RunPtr &run) { m_nodes.erase(run->id); });
}

void RunsModel::removeGone(RunNode &node, const RunNode &newer) {
    forRangesNotIn(node, keysOf(newer), [this, &node](std::size_t first, std::size_t last) {
        beginRemoveRows(indexOf(node), static_cast<int>(first), static_cast<int>(last));
        for (std::size_t row = first; row <= last; ++row)
            forgetRuns(*node.children[row]);
        const auto rows = node.children.begin();
        node.children.erase(rows + static_cast<std::ptrdiff_t>(first),
                            rows + static_cast<std::ptrdiff_t>(last) + 1);
        numberChildren(node);
        endRemoveRows();
        tellGroupChanged(node);
    });
    const QHash<QString, RunNode *> groups = groupsOf(newer);
    for (const auto &child : node.children)
        if (const RunNode *same = child->isGroup() ? groups.value(child->key) : nullptr)
            removeGone(*child, *same);
}

/// Brings the rows that stay into their new order.
void RunsModel::reorder(const RunNode &newer) {
    if (isInOrderOf(newer, *m_root))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    putInOrderOf(newer, *m_root);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    for (const QModelIndex &index : from)
        to.append(indexOf(*static_cast<RunNode *>(index.internalPointer()), index.column()));
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void RunsModel::insertNew(RunNode &node, const RunNode &newer) {
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    forRangesNotIn(newer, keysOf(node),
                   [&ranges](std::size_t first, std::size_t last) { ranges.emplace_back(first, last); });
    std::ranges::reverse(ranges); // the first one first: the rows before it are then complete
    for (const auto &[first, last] : ranges)
        insertRange(node, newer, first, last);
    const QHash<QString, RunNode *> groups = groupsOf(newer);
    for (const auto &child : node.children)
        if (const RunNode *same = child->isGroup() ? groups.value(child->key) : nullptr)
            insertNew(*child, *same);
}

void RunsModel::insertRange(RunNode &node, const RunNode &newer, std::size_t first, std::size_t last) {
    beginInsertRows(indexOf(node), static_cast<int>(first), static_cast<int>(last));
    for (std::size_t row = first; row <= last; ++row) {
        std::unique_ptr<RunNode> copy = copyOf(*newer.children[row], node);
        if (copy->run != nullptr)
            m_nodes[copy->run->id] = copy.get();
        indexRuns(*copy);
        node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(row), std::move(copy));
    }
    numberChildren(node);
    endInsertRows();
    tellGroupChanged(node);
}

} // namespace simclr::ui
