// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/results_model.h"

#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"

#include <QSize>
#include <QStringList>

namespace simclr::ui {

namespace {

constexpr int rowHeight = 24;

QString detailText(const Json &detail) {
    QStringList lines;
    if (detail.is_object())
        for (const auto &[key, value] : detail.items())
            if (value.is_primitive())
                lines.append(QStringLiteral("%1: %2").arg(
                    QString::fromStdString(key),
                    QString::fromStdString(value.is_string() ? value.get<std::string>() : toLine(value))));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

void ResultsModel::setRun(const RunRecord &run) {
    std::vector<Row> rows;
    for (auto result = run.results.rbegin(); result != run.results.rend(); ++result)
        rows.push_back(
            {{resultText(*result), splitText(result->key.split), encoderTitle(run, *result),
              withMissing(percentText(result->value), *result), intervalText(accuracyInterval(run, *result))},
             detailText(result->detail)});
    if (rows == m_rows)
        return; // keeps the selection
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ResultsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ResultsModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant ResultsModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.texts[static_cast<std::size_t>(index.column())];
    case Qt::SizeHintRole:
        return QSize(0, rowHeight);
    case Qt::ToolTipRole:
        return plainToolTip(row.detail);
    case Qt::TextAlignmentRole:
        return QVariant(index.column() >= Accuracy ? Qt::AlignRight | Qt::AlignVCenter
                                                   : Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ResultsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section >= Accuracy ? Qt::AlignRight | Qt::AlignVCenter
                                            : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Interval)
        return plainToolTip(intervalHelp());
    if (role != Qt::DisplayRole)
        return {};
    static const char *const titles[columns] = {QT_TR_NOOP("Protocol"), QT_TR_NOOP("Split"),
                                                QT_TR_NOOP("Encoder"), QT_TR_NOOP("Accuracy, top-1"),
                                                QT_TR_NOOP("95 % interval")};
    return tr(titles[section]);
}

} // namespace simclr::ui
