// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_model.h"

#include "ui/widgets/plain_text.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <iterator>
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

/// The rows of `node` that `newer` has as well, in the order that they have there.
std::vector<RunNode *> inOrderOf(const RunNode &newer, const RunNode &node) {
    QHash<RowKey, RunNode *> rows;
    for (const auto &child : node.children)
        rows.insert(keyOf(*child), child.get());
    std::vector<RunNode *> wanted;
    for (const auto &child : newer.children)
        if (RunNode *row = rows.value(keyOf(*child)))
            wanted.push_back(row);
    return wanted;
}

bool isInOrderOf(const RunNode &newer, const RunNode &node) {
    const QHash<QString, RunNode *> groups = groupsOf(newer);
    return std::ranges::equal(inOrderOf(newer, node), node.children, {}, {},
                              [](const auto &child) { return child.get(); }) &&
           std::ranges::all_of(node.children, [&groups](const auto &child) {
               const RunNode *same = child->isGroup() ? groups.value(child->key) : nullptr;
               return same == nullptr || isInOrderOf(*same, *child);
           });
}

void number(RunNode &parent) {
    for (std::size_t row = 0; row < parent.children.size(); ++row)
        parent.children[row]->row = static_cast<int>(row);
}

/// All rows stay.
void putInOrderOf(const RunNode &newer, RunNode &node) {
    const std::vector<RunNode *> wanted = inOrderOf(newer, node);
    for (auto &child : node.children)
        static_cast<void>(child.release()); // all of them are in `wanted`
    std::ranges::transform(wanted, node.children.begin(),
                           [](RunNode *row) { return std::unique_ptr<RunNode>(row); });
    number(node);
    const QHash<QString, RunNode *> groups = groupsOf(newer);
    for (const auto &child : node.children)
        if (const RunNode *same = child->isGroup() ? groups.value(child->key) : nullptr)
            putInOrderOf(*same, *child);
}

} // namespace

RunsModel::RunsModel(QObject *parent) : QAbstractItemModel(parent), m_root(std::make_unique<RunNode>()) {
    m_root->runs = 0;
    m_order.column = Started;
}

RunsModel::~RunsModel() = default;

int RunsModel::columnOf(const QString &field) const {
    const auto found = std::ranges::find(m_columns, field, &RunColumn::field);
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

/// Columns of the same fields are replaced in place: their values may be newer.
void RunsModel::setExtraColumns(std::vector<RunColumn> columns) {
    const QString sorted = m_columns[static_cast<std::size_t>(m_order.column)].field;
    std::vector<RunColumn> all = basicRunColumns();
    std::ranges::move(columns, std::back_inserter(all));
    if (std::ranges::equal(all, m_columns, {}, &RunColumn::field, &RunColumn::field)) {
        m_columns = std::move(all);
        arrange();
        tellCellsChanged(*m_root);
        return;
    }
    beginResetModel();
    m_columns = std::move(all);
    m_order.column = std::max(columnOf(sorted), columnOf(sorted) < 0 ? int{Started} : 0);
    m_root = arrangeRuns(m_runs, m_columns, m_order);
    m_nodes.clear();
    indexRuns(*m_root);
    endResetModel();
    Q_EMIT arranged();
}

/// Of the extra columns.
void RunsModel::tellCellsChanged(RunNode &node) {
    const int first = Seed + 1;
    node.forgetSummaries();
    if (node.children.empty() || first >= columnCount())
        return;
    Q_EMIT dataChanged(indexOf(*node.children.front(), first),
                       indexOf(*node.children.back(), columnCount() - 1));
    for (const auto &child : node.children)
        tellCellsChanged(*child);
}

void RunsModel::setRuns(const std::vector<RunPtr> &runs) {
    takeRuns(runs);
    arrange();
}

void RunsModel::setRuns(const std::vector<RunPtr> &runs, std::optional<QSet<qint64>> shown) {
    takeRuns(runs);
    setShown(std::move(shown));
}

void RunsModel::takeRuns(const std::vector<RunPtr> &runs) {
    m_runs = runs;
    m_byId.clear();
    for (const RunPtr &run : m_runs)
        m_byId.insert(run->id, run);
}

void RunsModel::setShown(std::optional<QSet<qint64>> ids) {
    m_order.shown = std::move(ids);
    arrange();
}

void RunsModel::setLevels(std::vector<RunLevel> levels) {
    m_order.levels = std::move(levels);
    arrange();
}

void RunsModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= columnCount())
        return;
    m_order.column = column;
    m_order.order = order;
    arrange();
}

// ---- changes of rows

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
        number(node);
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
    number(node);
    endInsertRows();
    tellGroupChanged(node);
}

// ---- lookup

RunPtr RunsModel::run(RunId id) const {
    return m_byId.value(id);
}

QModelIndex RunsModel::indexOf(RunId id) const {
    const auto node = m_nodes.find(id);
    return node == m_nodes.end() ? QModelIndex() : indexOf(*node->second);
}

QModelIndex RunsModel::indexOfGroup(const QStringList &keys) const {
    const RunNode *node = m_root.get();
    for (const QString &key : keys) {
        const auto child = std::ranges::find_if(
            node->children, [&key](const auto &each) { return each->isGroup() && each->key == key; });
        if (child == node->children.end())
            return {};
        node = child->get();
    }
    return indexOf(*node);
}

std::vector<RunPtr> RunsModel::runsOf(const QModelIndex &index) const {
    std::vector<RunPtr> runs;
    nodeOf(index).visitRuns([&runs](const RunPtr &run) { runs.push_back(run); });
    return runs;
}

QString RunsModel::titleOf(const QModelIndex &group) const {
    QStringList titles;
    for (const RunNode *node = &nodeOf(group); node != m_root.get(); node = node->parent)
        titles.prepend(node->title);
    return titles.join(QStringLiteral(" · "));
}

RunNode &RunsModel::nodeOf(const QModelIndex &index) const {
    return index.isValid() ? *static_cast<RunNode *>(index.internalPointer()) : *m_root;
}

QModelIndex RunsModel::indexOf(const RunNode &node, int column) const {
    return &node == m_root.get() ? QModelIndex() : createIndex(node.row, column, &node);
}

QModelIndex RunsModel::index(int row, int column, const QModelIndex &parent) const {
    const auto &children = nodeOf(parent).children;
    if (row < 0 || column < 0 || column >= columnCount() ||
        static_cast<std::size_t>(row) >= children.size() || (parent.isValid() && parent.column() != 0))
        return {};
    return createIndex(row, column, children[static_cast<std::size_t>(row)].get());
}

QModelIndex RunsModel::parent(const QModelIndex &index) const {
    const RunNode *above = nodeOf(index).parent;
    return above == nullptr ? QModelIndex() : indexOf(*above);
}

int RunsModel::rowCount(const QModelIndex &parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent).children.size());
}

int RunsModel::columnCount(const QModelIndex &) const {
    return static_cast<int>(m_columns.size());
}

// ---- cells

QVariant RunsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunNode &node = nodeOf(index);
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    return node.isGroup() ? groupData(node, index.column(), role) : runData(node, index.column(), role);
}

QVariant RunsModel::runData(const RunNode &node, int place, int role) const {
    const RunColumn &column = m_columns[static_cast<std::size_t>(place)];
    const RunRecord &run = *node.run;
    switch (role) {
    case Qt::DisplayRole:
        return column.text(run);
    case Qt::EditRole:
        return place == Name ? QVariant(QString::fromStdString(run.name)) : QVariant();
    case Qt::DecorationRole:
        return column.icon ? QVariant(column.icon(run)) : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(column, run));
    case RunIdRole:
        return QVariant::fromValue<qint64>(run.id);
    case StartsApartRole:
        return startsApart(node);
    default:
        return {};
    }
}

bool RunsModel::startsApart(const RunNode &node) const {
    const RunColumn &sorted = m_columns[static_cast<std::size_t>(m_order.column)];
    if (!sorted.comparable || node.row == 0)
        return false;
    const RunNode &above = *node.parent->children[static_cast<std::size_t>(node.row) - 1];
    return sorted.comparable(*above.run) != sorted.comparable(*node.run);
}

QVariant RunsModel::groupData(const RunNode &node, int place, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return groupText(node, place);
    case Qt::ToolTipRole:
        return plainToolTip(groupText(node, place));
    case RunIdRole:
        return QVariant::fromValue<qint64>(0);
    case StartsApartRole:
        return false;
    case GroupRole: {
        QStringList keys;
        for (const RunNode *group = &node; group != m_root.get(); group = group->parent)
            keys.prepend(group->key);
        return keys;
    }
    default:
        return {};
    }
}

/// "62.1 % ± 0.8 % (3)", with n; "(2 of 3)" if a run has no value.
QString RunsModel::groupText(const RunNode &node, int place) const {
    const RunColumn &column = m_columns[static_cast<std::size_t>(place)];
    if (place == Name)
        return node.runs == 1 ? tr("%1 · 1 run").arg(node.title)
                              : tr("%1 · %2 runs").arg(node.title, QLocale().toString(node.runs));
    if (!column.isNumber || !column.number) {
        return commonText(node, place);
    }
    const GroupSummary &summary = summaryOf(node, place);
    if (summary.known == 0)
        return QStringLiteral("–");
    const QString count = summary.known == summary.runs ? QString::number(summary.known)
                                                        : tr("%1 of %2").arg(summary.known).arg(summary.runs);
    const QString mean = column.number(summary.mean);
    return summary.deviation ? tr("%1 ± %2 (%3)").arg(mean, column.number(*summary.deviation), count)
                             : tr("%1 (%2)").arg(mean, count);
}

/// What all runs of a group show, or "…".
QString RunsModel::commonText(const RunNode &node, int column) const {
    auto &texts = nodeOf(indexOf(node)).commonTexts;
    texts.resize(m_columns.size());
    auto &text = texts[static_cast<std::size_t>(column)];
    if (!text) {
        QSet<QString> different;
        node.visitRuns([&](const RunPtr &run) {
            if (different.size() < 2)
                different.insert(m_columns[static_cast<std::size_t>(column)].text(*run));
        });
        text = different.size() == 1 ? *different.cbegin() : QStringLiteral("…");
    }
    return *text;
}

const GroupSummary &RunsModel::summaryOf(const RunNode &node, int column) const {
    auto &summaries = nodeOf(indexOf(node)).summaries;
    summaries.resize(m_columns.size());
    auto &summary = summaries[static_cast<std::size_t>(column)];
    if (!summary)
        summary = summarise(node, m_columns[static_cast<std::size_t>(column)]);
    return *summary;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const RunColumn &column = m_columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::ToolTipRole:
        return plainToolTip(column.help);
    case Qt::TextAlignmentRole:
        return static_cast<int>((column.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

Qt::ItemFlags RunsModel::flags(const QModelIndex &index) const {
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (!index.isValid() || nodeOf(index).isGroup())
        return flags;
    flags |= Qt::ItemNeverHasChildren;
    return index.column() == Name ? flags | Qt::ItemIsEditable : flags;
}

bool RunsModel::setData(const QModelIndex &index, const QVariant &value, int role) {
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !index.isValid() || index.column() != Name || name.isEmpty() ||
        nodeOf(index).isGroup())
        return false;
    const RunRecord &run = *nodeOf(index).run;
    if (name == QString::fromStdString(run.name))
        return false;
    Q_EMIT renamed(run.id, name); // the model shows the name once it is stored
    return true;
}

} // namespace simclr::ui
