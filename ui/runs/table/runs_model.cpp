// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_model.h"

#include "ui/runs/table/run_accuracies.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"

#include <QDateTime>
#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

namespace simclr::ui {

namespace {

double now() {
    return static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
}

std::unordered_set<RunId> idsOf(const std::vector<RunRecord> &runs) {
    std::unordered_set<RunId> ids;
    for (const RunRecord &run : runs)
        ids.insert(run.id);
    return ids;
}

/// Whether all values are equal that the table shows and a run can change.
bool isSame(const RunRecord &one, const RunRecord &other) {
    return one.name == other.name && one.status == other.status && one.failure == other.failure &&
           one.lastStep == other.lastStep && one.lastEpoch == other.lastEpoch &&
           one.totalEpochs == other.totalEpochs && one.finished == other.finished &&
           one.imagesPerSecond == other.imagesPerSecond && one.dataset.title == other.dataset.title &&
           std::ranges::equal(one.results, other.results, isSameResult);
}

QString headerTip(int column) {
    if (column == RunsModel::Linear || column == RunsModel::Knn)
        return RunsModel::tr(
            "Sorted by accuracy within the same images and split; others are not comparable");
    return {};
}

} // namespace

void RunsModel::setRuns(std::vector<RunRecord> runs) {
    if (m_runs.empty() && !runs.empty()) { // all at once
        beginInsertRows({}, 0, static_cast<int>(runs.size()) - 1);
        m_runs = std::move(runs);
        indexRows();
        endInsertRows();
        return;
    }
    removeGone(runs);
    insertNew(runs);
    const std::vector<RunRecord> before =
        std::exchange(m_runs, std::move(runs)); // now with the same ids in the same order
    indexRows();
    for (int row = 0; row < rowCount(); ++row)
        notifyChanges(row, before[static_cast<std::size_t>(row)], m_runs[static_cast<std::size_t>(row)]);
}

void RunsModel::notifyChanges(int row, const RunRecord &before, const RunRecord &after) {
    if (after.status != RunStatus::Running && isSame(before, after))
        return;
    for (int column = 0; column < columns; ++column)
        if (differs(before, after, column))
            Q_EMIT dataChanged(index(row, column), index(row, column));
}

/// Whether a cell shows something else. For an unchanged cell, dataChanged() would reset an open editor.
bool RunsModel::differs(const RunRecord &before, const RunRecord &after, int column) const {
    if (column == Duration && after.status == RunStatus::Running)
        return true;
    return text(before, column) != text(after, column) ||
           sortValue(before, column) != sortValue(after, column) ||
           toolTip(before, column) != toolTip(after, column);
}

/// Removes ranges, not single rows: thousands of runs may be deleted at once.
void RunsModel::removeGone(const std::vector<RunRecord> &newer) {
    const std::unordered_set<RunId> kept = idsOf(newer);
    const auto isKept = [&](int row) { return kept.contains(m_runs[static_cast<std::size_t>(row)].id); };
    for (int end = rowCount(); end > 0;) {
        if (isKept(end - 1)) {
            --end;
            continue;
        }
        int begin = end - 1;
        while (begin > 0 && !isKept(begin - 1))
            --begin;
        beginRemoveRows({}, begin, end - 1);
        m_runs.erase(m_runs.begin() + begin, m_runs.begin() + end);
        endRemoveRows();
        end = begin;
    }
}

void RunsModel::insertNew(const std::vector<RunRecord> &newer) {
    const std::unordered_set<RunId> known = idsOf(m_runs);
    for (std::size_t begin = 0; begin < newer.size();) {
        std::size_t end = begin;
        while (end < newer.size() && !known.contains(newer[end].id))
            ++end;
        if (end > begin) {
            beginInsertRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
            m_runs.insert(m_runs.begin() + static_cast<std::ptrdiff_t>(begin),
                          newer.begin() + static_cast<std::ptrdiff_t>(begin),
                          newer.begin() + static_cast<std::ptrdiff_t>(end));
            endInsertRows();
        }
        begin = end + 1;
    }
}

void RunsModel::indexRows() {
    m_rows.clear();
    for (std::size_t row = 0; row < m_runs.size(); ++row)
        m_rows.emplace(m_runs[row].id, row);
}

/// While rows are inserted or removed, m_rows may be out of date.
const RunRecord *RunsModel::run(RunId id) const {
    const auto place = m_rows.find(id);
    if (place != m_rows.end() && place->second < m_runs.size() && m_runs[place->second].id == id)
        return &m_runs[place->second];
    const auto found = std::ranges::find(m_runs, id, &RunRecord::id);
    return found == m_runs.end() ? nullptr : &*found;
}

QModelIndex RunsModel::indexOf(RunId id) const {
    const RunRecord *found = run(id);
    return found == nullptr ? QModelIndex() : index(static_cast<int>(found - m_runs.data()), 0);
}

int RunsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant RunsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RunRecord &run = m_runs[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(run, index.column());
    case Qt::EditRole:
        return index.column() == Name ? QVariant(QString::fromStdString(run.name)) : QVariant();
    case Qt::DecorationRole:
        return decoration(run, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(run, index.column()));
    case Qt::TextAlignmentRole:
        return index.column() >= Epochs ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                        : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return sortValue(run, index.column());
    case RunIdRole:
        return QVariant::fromValue<qint64>(run.id);
    case StatusRole:
        return static_cast<int>(run.status);
    case GroupRole:
        return groupOf(run, index.column());
    default:
        return {};
    }
}

QString RunsModel::text(const RunRecord &run, int column) const {
    switch (column) {
    case Name:
        return runTitle(run);
    case Status:
        return statusTitle(run.status);
    case Dataset:
        return QString::fromStdString(run.dataset.title);
    case PipelineName:
        return pipelineName(run);
    case Encoder:
        return architectureText(run.config);
    case Epochs:
        return epochsText(run);
    case Linear:
        return shortAccuracy(run, Protocol::Linear);
    case Knn:
        return shortAccuracy(run, Protocol::Knn);
    case Speed:
        return run.imagesPerSecond ? countText(std::llround(*run.imagesPerSecond)) : QStringLiteral("–");
    case Started:
        return dateText(run.created);
    case Duration:
        return durationText(durationSeconds(run, now()));
    default:
        return {};
    }
}

QVariant RunsModel::sortValue(const RunRecord &run, int column) const {
    switch (column) {
    case Epochs:
        return run.lastEpoch;
    case Linear:
        return accuracyValue(run, Protocol::Linear);
    case Knn:
        return accuracyValue(run, Protocol::Knn);
    case Speed:
        return run.imagesPerSecond.value_or(-1);
    case Started:
        return run.created;
    case Duration:
        return durationSeconds(run, now());
    default:
        return text(run, column);
    }
}

QString RunsModel::groupOf(const RunRecord &run, int column) {
    if (column == Linear)
        return comparableGroup(run, Protocol::Linear);
    return column == Knn ? comparableGroup(run, Protocol::Knn) : QString();
}

QVariant RunsModel::decoration(const RunRecord &run, int column) const {
    if (column == Name)
        return runDot(run.id);
    return column == Status ? QVariant(statusIcon(run.status)) : QVariant();
}

QString RunsModel::toolTip(const RunRecord &run, int column) const {
    if (column == Status && run.status == RunStatus::Failed)
        return QString::fromStdString(run.failure);
    if (column == Linear)
        return accuracyTip(run, Protocol::Linear);
    return column == Knn ? accuracyTip(run, Protocol::Knn) : text(run, column);
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section >= Epochs ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                 : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return headerTip(section);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[columns] = {tr("Name"),     tr("Status"),  tr("Images"),  tr("Pipeline"),
                                     tr("Encoder"),  tr("Epochs"),  tr("Linear"),  tr("kNN"),
                                     tr("Images/s"), tr("Started"), tr("Duration")};
    return titles[section];
}

Qt::ItemFlags RunsModel::flags(const QModelIndex &index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid())
        flags |= Qt::ItemNeverHasChildren;
    return index.column() == Name ? flags | Qt::ItemIsEditable : flags;
}

bool RunsModel::setData(const QModelIndex &index, const QVariant &value, int role) {
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !index.isValid() || index.column() != Name || name.isEmpty())
        return false;
    const RunRecord &run = m_runs[static_cast<std::size_t>(index.row())];
    if (name == QString::fromStdString(run.name))
        return false;
    Q_EMIT renamed(run.id, name); // the model shows the name once it is stored
    return true;
}

} // namespace simclr::ui
