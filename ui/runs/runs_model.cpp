// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_model.h"

#include "ui/runs/run_words.h"
#include "ui/widgets/plain_text.h"
#include "ui/workspace/training_words.h"

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

/// The tooltip says it in full.
QString shortSplit(const std::string &split) {
    return split == "validation" ? RunsModel::tr("val.") : splitText(split);
}

QString accuracy(const RunRecord &run, const std::string &protocol) {
    const ResultRecord *result = bestKnownResult(run, protocol);
    return result == nullptr
               ? QStringLiteral("–")
               : RunsModel::tr("%1 %2").arg(percentText(result->value), shortSplit(result->split));
}

double accuracyValue(const RunRecord &run, const std::string &protocol) {
    const ResultRecord *result = bestKnownResult(run, protocol);
    return result == nullptr ? -1 : result->value;
}

QString accuracyTip(const RunRecord &run, const std::string &protocol) {
    const ResultRecord *result = bestKnownResult(run, protocol);
    if (result == nullptr)
        return RunsModel::tr("Not evaluated yet");
    return RunsModel::tr("%1 evaluation on the %2 images after epoch %3")
        .arg(protocolTitle(protocol), splitText(result->split))
        .arg(result->epoch);
}

} // namespace

void RunsModel::setRuns(std::vector<RunRecord> runs) {
    if (m_runs.empty() && !runs.empty()) { // all at once
        beginInsertRows({}, 0, static_cast<int>(runs.size()) - 1);
        m_runs = std::move(runs);
        endInsertRows();
        return;
    }
    removeGone(runs);
    insertNew(runs);
    const std::vector<RunRecord> before =
        std::exchange(m_runs, std::move(runs)); // the same ids in the same order by now
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < columns; ++column)
            if (differs(before[static_cast<std::size_t>(row)], m_runs[static_cast<std::size_t>(row)], column))
                Q_EMIT dataChanged(index(row, column), index(row, column));
}

/// Whether a cell shows something else: told of more, a view would reset the editor that is open there.
bool RunsModel::differs(const RunRecord &before, const RunRecord &after, int column) const {
    if (column == Duration && after.status == RunStatus::Running)
        return true;
    return text(before, column) != text(after, column) ||
           sortValue(before, column) != sortValue(after, column) ||
           toolTip(before, column) != toolTip(after, column);
}

void RunsModel::removeGone(const std::vector<RunRecord> &newer) {
    const std::unordered_set<RunId> kept = idsOf(newer);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (kept.contains(m_runs[static_cast<std::size_t>(row)].id))
            continue;
        beginRemoveRows({}, row, row);
        m_runs.erase(m_runs.begin() + row);
        endRemoveRows();
    }
}

void RunsModel::insertNew(const std::vector<RunRecord> &newer) {
    for (std::size_t row = 0; row < newer.size(); ++row) {
        if (row < m_runs.size() && m_runs[row].id == newer[row].id)
            continue;
        beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
        m_runs.insert(m_runs.begin() + static_cast<std::ptrdiff_t>(row), newer[row]);
        endInsertRows();
    }
}

const RunRecord *RunsModel::run(RunId id) const {
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [id](const RunRecord &run) { return run.id == id; });
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
        return encoderText(run.config);
    case Epochs:
        return epochsText(run);
    case Linear:
        return accuracy(run, "linear");
    case Knn:
        return accuracy(run, "knn");
    case Speed:
        return run.imagesPerSecond ? countText(std::llround(*run.imagesPerSecond)) : QStringLiteral("–");
    case Started:
        return dateText(run.created);
    case Duration:
        return readableDuration(durationSeconds(run, now()));
    default:
        return {};
    }
}

QVariant RunsModel::sortValue(const RunRecord &run, int column) const {
    switch (column) {
    case Epochs:
        return run.lastEpoch;
    case Linear:
        return accuracyValue(run, "linear");
    case Knn:
        return accuracyValue(run, "knn");
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

QVariant RunsModel::decoration(const RunRecord &run, int column) const {
    if (column == Name)
        return runDot(run.id);
    return column == Status ? QVariant(statusIcon(run.status)) : QVariant();
}

QString RunsModel::toolTip(const RunRecord &run, int column) const {
    if (column == Status && run.status == RunStatus::Failed)
        return QString::fromStdString(run.failure);
    if (column == Linear)
        return accuracyTip(run, "linear");
    return column == Knn ? accuracyTip(run, "knn") : text(run, column);
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section >= Epochs ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                 : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
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
    Q_EMIT renamed(run.id, name); // it stands here once it stands in the store
    return true;
}

} // namespace simclr::ui
