// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_filter.h"

#include "ui/runs/table/runs_model.h"

#include <algorithm>

namespace simclr::ui {

RunsFilter::RunsFilter(QAbstractItemModel &runs, QObject *parent) : QSortFilterProxyModel(parent) {
    setSourceModel(&runs);
    setSortRole(RunsModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSortLocaleAware(true);
    setDynamicSortFilter(true);
}

void RunsFilter::setWords(const QString &text) {
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void RunsFilter::setStatus(std::optional<RunStatus> status) {
    m_status = status;
    invalidateFilter();
}

bool RunsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const {
    const QAbstractItemModel &source = *sourceModel();
    const int status = source.index(row, 0, parent).data(RunsModel::StatusRole).toInt();
    if (m_status && status != static_cast<int>(*m_status))
        return false;
    QString all;
    for (const int column : {RunsModel::Name, RunsModel::Status, RunsModel::Dataset, RunsModel::PipelineName,
                             RunsModel::Encoder, RunsModel::Started})
        all += source.index(row, column, parent).data().toString() + QLatin1Char('\n');
    return std::all_of(m_words.begin(), m_words.end(),
                       [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

bool RunsFilter::startsGroup(int row) const {
    if (row <= 0 || sortColumn() < 0)
        return false;
    const QString above = index(row - 1, sortColumn()).data(RunsModel::GroupRole).toString();
    return index(row, sortColumn()).data(RunsModel::GroupRole).toString() != above;
}

/// The order of groups is reversed together with that of accuracies: with the best first, test comes before
/// validation, and runs without an accuracy come last.
bool RunsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const {
    const QString leftGroup = left.data(RunsModel::GroupRole).toString();
    const QString rightGroup = right.data(RunsModel::GroupRole).toString();
    if (leftGroup != rightGroup)
        return leftGroup.isEmpty() || (!rightGroup.isEmpty() && leftGroup > rightGroup);
    if (left.data(sortRole()) == right.data(sortRole())) // a fixed order for equal values: newer is larger
        return left.data(RunsModel::RunIdRole).toLongLong() < right.data(RunsModel::RunIdRole).toLongLong();
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace simclr::ui
