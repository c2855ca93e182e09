// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/class_accuracy_model.h"

#include "ui/runs/explore/gallery/gallery_item.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"

#include <cmath>

namespace simclr::ui {

namespace {

const QString unknown = QStringLiteral("–");

QVariant numberOr(const std::optional<double> &value) {
    return value ? QVariant(*value) : QVariant();
}

QString pointsText(double difference) {
    const QString amount = decimalText(std::abs(100 * difference), 1);
    return (difference < 0 ? QStringLiteral("−") : QStringLiteral("+")) + amount;
}

} // namespace

ClassAccuracyModel::ClassAccuracyModel(QObject *parent) : QAbstractTableModel(parent) {}

void ClassAccuracyModel::setReading(const ConfusionPtr &reading, const QStringList &names) {
    beginResetModel();
    m_reading = reading;
    m_names = names;
    if (reading != nullptr && reading->runs.size() > 1)
        m_columns = {{Kind::Class},      {Kind::Images},      {Kind::Accuracy, 0}, {Kind::Accuracy, 1},
                     {Kind::Difference}, {Kind::Interval, 0}, {Kind::Interval, 1}};
    else
        m_columns = {{Kind::Class},    {Kind::Images},    {Kind::Accuracy},
                     {Kind::Interval}, {Kind::Precision}, {Kind::ConfusedWith}};
    endResetModel();
}

void ClassAccuracyModel::setDataset(const DatasetPtr &dataset) {
    m_dataset = dataset;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

bool ClassAccuracyModel::isShare(int column) const {
    return column >= 0 && column < columnCount() && m_columns[std::size_t(column)].kind == Kind::Accuracy;
}

int ClassAccuracyModel::rowCount(const QModelIndex &parent) const {
    const bool hasRows = m_reading != nullptr && !m_reading->runs.empty() && !parent.isValid();
    return hasRows ? int(m_reading->runs.front().accuracies.size()) : 0;
}

int ClassAccuracyModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_columns.size());
}

const ClassAccuracy &ClassAccuracyModel::at(int row, std::size_t run) const {
    return m_reading->runs[run].accuracies[std::size_t(row)];
}

/// Of the second run minus the first.
std::optional<double> ClassAccuracyModel::difference(int row) const {
    const std::optional<double> &first = at(row, 0).recall;
    const std::optional<double> &second = at(row, 1).recall;
    return first && second ? std::optional(*second - *first) : std::nullopt;
}

QVariant ClassAccuracyModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Column &column = m_columns[std::size_t(index.column())];
    const ClassAccuracy &accuracy = at(index.row(), column.run);
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::UserRole:
        return number(index.row(), column);
    case ShareRole:
        return column.kind == Kind::Accuracy ? numberOr(accuracy.recall) : QVariant();
    case LowRole:
        return accuracy.interval ? QVariant(accuracy.interval->low) : QVariant();
    case HighRole:
        return accuracy.interval ? QVariant(accuracy.interval->high) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant((column.kind == Kind::Class || column.kind == Kind::ConfusedWith ? Qt::AlignLeft
                                                                                         : Qt::AlignRight) |
                        Qt::AlignVCenter);
    default:
        return {};
    }
}

QString ClassAccuracyModel::text(int row, const Column &column) const {
    const ClassAccuracy &accuracy = at(row, column.run);
    const auto percentOr = [](const std::optional<double> &share) {
        return share ? percentText(*share) : unknown;
    };
    switch (column.kind) {
    case Kind::Class:
        return classText(m_dataset.get(), row);
    case Kind::Images:
        return countText(accuracy.images);
    case Kind::Accuracy:
        return percentOr(accuracy.recall);
    case Kind::Interval:
        return intervalText(accuracy.interval);
    case Kind::Difference:
        return difference(row) ? pointsText(*difference(row)) : unknown;
    case Kind::Precision:
        return percentOr(accuracy.precision);
    case Kind::ConfusedWith:
        return accuracy.mostConfusedWith ? classText(m_dataset.get(), int(*accuracy.mostConfusedWith))
                                         : unknown;
    }
    return {};
}

QVariant ClassAccuracyModel::number(int row, const Column &column) const {
    const ClassAccuracy &accuracy = at(row, column.run);
    switch (column.kind) {
    case Kind::Images:
        return double(accuracy.images);
    case Kind::Accuracy:
        return numberOr(accuracy.recall);
    case Kind::Difference:
        return numberOr(difference(row));
    case Kind::Precision:
        return numberOr(accuracy.precision);
    case Kind::Class:
    case Kind::Interval:
    case Kind::ConfusedWith:
        break;
    }
    return text(row, column);
}

QVariant ClassAccuracyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column &column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole)
        return title(column);
    if (role == Qt::ToolTipRole)
        return plainToolTip(help(column.kind));
    return role == Qt::TextAlignmentRole ? QVariant(Qt::AlignLeft | Qt::AlignVCenter) : QVariant();
}

QString ClassAccuracyModel::title(const Column &column) const {
    const bool hasTwo = m_reading != nullptr && m_reading->runs.size() > 1;
    const QString run = m_names.value(qsizetype(column.run));
    switch (column.kind) {
    case Kind::Class:
        return tr("Class");
    case Kind::Images:
        return tr("Images");
    case Kind::Accuracy:
        return hasTwo ? run : tr("Accuracy");
    case Kind::Interval:
        return hasTwo ? tr("95 % interval of run %1").arg(run.section(QStringLiteral(" · "), 0, 0))
                      : tr("95 % interval");
    case Kind::Difference:
        return tr("Difference");
    case Kind::Precision:
        return tr("Precision");
    case Kind::ConfusedWith:
        return tr("Most confused with");
    }
    return {};
}

QString ClassAccuracyModel::help(Kind kind) {
    switch (kind) {
    case Kind::Class:
        return tr("Class of the dataset");
    case Kind::Images:
        return tr("Evaluated images of this class");
    case Kind::Accuracy:
        return tr("Fraction of the images of this class that were predicted right (recall)");
    case Kind::Interval:
        return intervalHelp();
    case Kind::Difference:
        return tr("Accuracy of the second run minus that of the first, in percentage points");
    case Kind::Precision:
        return tr("Fraction of the images predicted as this class that belong to it");
    case Kind::ConfusedWith:
        return tr("The class that was predicted most often instead");
    }
    return {};
}

} // namespace simclr::ui
