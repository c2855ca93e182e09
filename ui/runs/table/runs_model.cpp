// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_model.h"

#include "ui/runs/table/group_cells.h"
#include "ui/widgets/plain_text.h"

#include <QStringList>
#include <algorithm>
#include <iterator>
#include <utility>

namespace simclr::ui {

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

QString RunsModel::groupTitle(const QModelIndex &index) const {
    return nodeOf(index).title;
}

bool RunsModel::isGroup(const QModelIndex &index) const {
    return index.isValid() && nodeOf(index).isGroup();
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
    case EvaluableRole:
        return column.evaluable && column.evaluable(run);
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

QString RunsModel::groupText(const RunNode &node, int place) const {
    const RunColumn &column = m_columns[static_cast<std::size_t>(place)];
    if (place == Name)
        return groupName(node.title, node.runs);
    return column.isNumber && column.number ? meanText(column, summaryOf(node, place))
                                            : commonText(node, place);
}

QString RunsModel::commonText(const RunNode &node, int column) const {
    auto &texts = nodeOf(indexOf(node)).commonTexts;
    texts.resize(m_columns.size());
    auto &text = texts[static_cast<std::size_t>(column)];
    if (!text)
        text = ui::commonText(m_columns[static_cast<std::size_t>(column)], runsOf(indexOf(node)));
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
