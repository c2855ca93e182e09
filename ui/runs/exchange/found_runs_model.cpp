// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/exchange/found_runs_model.h"

#include "ui/widgets/plain_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(FoundRuns)
};

QString plannedText(const FoundRun &run) {
    if (!run.known)
        return run.isUncertain ? Texts::tr("new, or a part of the run above it") : Texts::tr("new");
    return Texts::tr("Known as run %1; new points are added").arg(*run.known);
}

QString doneText(const ImportOutcome &outcome) {
    switch (outcome.kind) {
    case ImportOutcome::Kind::Added:
        return Texts::tr("added as run %1").arg(outcome.run);
    case ImportOutcome::Kind::Updated:
        return Texts::tr("run %1 was updated").arg(outcome.run);
    case ImportOutcome::Kind::Known:
        break;
    }
    return Texts::tr("known as run %1, unchanged").arg(outcome.run);
}

} // namespace

void FoundRunsModel::setFound(const std::vector<FoundRun> &runs, ImportKind kind) {
    beginResetModel();
    m_rows.clear();
    m_canChoose = kind == ImportKind::Database;
    for (const FoundRun &run : runs)
        m_rows.push_back({.name = QString::fromStdString(run.name),
                          .source = QString::fromStdString(run.detail),
                          .import = plannedText(run),
                          .id = run.id});
    endResetModel();
    Q_EMIT choiceChanged();
}

std::vector<RunId> FoundRunsModel::chosen() const {
    std::vector<RunId> ids;
    for (const Row &row : m_rows)
        if (row.isChosen)
            ids.push_back(row.id);
    return ids;
}

bool FoundRunsModel::areAllChosen() const {
    return std::ranges::all_of(m_rows, &Row::isChosen);
}

void FoundRunsModel::setDone(const std::vector<ImportOutcome> &outcomes) {
    beginResetModel();
    m_rows.clear();
    m_canChoose = false;
    for (const ImportOutcome &outcome : outcomes)
        m_rows.push_back({.name = QString::fromStdString(outcome.name),
                          .source = Texts::tr("%1 points").arg(countText(outcome.points)),
                          .import = doneText(outcome),
                          .id = outcome.run});
    endResetModel();
}

int FoundRunsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FoundRunsModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FoundRunsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const QString &text = index.column() == Name     ? row.name
                          : index.column() == Source ? row.source
                                                     : row.import;
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    if (role == Qt::CheckStateRole && index.column() == Name && m_canChoose)
        return row.isChosen ? Qt::Checked : Qt::Unchecked;
    return {};
}

QVariant FoundRunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return Texts::tr("Run");
    case Source:
        return Texts::tr("Source");
    case Import:
        return Texts::tr("Import");
    default:
        return {};
    }
}

Qt::ItemFlags FoundRunsModel::flags(const QModelIndex &index) const {
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Name && m_canChoose ? flags | Qt::ItemIsUserCheckable : flags;
}

bool FoundRunsModel::setData(const QModelIndex &index, const QVariant &value, int role) {
    if (role != Qt::CheckStateRole || !(flags(index) & Qt::ItemIsUserCheckable))
        return false;
    m_rows[static_cast<std::size_t>(index.row())].isChosen = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT choiceChanged();
    return true;
}

} // namespace simclr::ui
