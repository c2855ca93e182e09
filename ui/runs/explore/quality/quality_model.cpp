// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/quality/quality_model.h"

#include "ui/text/run_text.h"
#include "ui/text/training_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

const QString unknown = QStringLiteral("–");

QualityMeasure measureOf(int column) {
    return allQualityMeasures[std::size_t(column - QualityModel::RankMe)];
}

bool isMeasure(int column) {
    return column >= QualityModel::RankMe && column <= QualityModel::Uniformity;
}

QVariant numberOr(const std::optional<double> &value) {
    return value ? QVariant(*value) : QVariant();
}

} // namespace

QualityModel::QualityModel(QObject *parent) : QAbstractTableModel(parent) {
    m_values.rows = std::make_shared<const std::vector<QualityRow>>();
}

void QualityModel::setRows(std::vector<QualityRow> rows) {
    beginResetModel();
    m_values = {std::make_shared<const std::vector<QualityRow>>(std::move(rows)),
                {}, // a run may have been trained further
                {}};
    std::vector<RunRecord> runs;
    for (const QualityRow &row : this->rows())
        runs.push_back(row.run);
    m_values.kind = commonAccuracy(runs);
    endResetModel();
}

void QualityModel::setQuality(RunId run, const LabelFreeQuality &quality) {
    m_values.quality.insert(run, quality);
    for (int row = 0; row < rowCount(); ++row)
        if (rows()[std::size_t(row)].run.id == run)
            Q_EMIT dataChanged(index(row, Images), index(row, Uniformity));
}

QString QualityModel::accuracyTitle() const {
    return tr("%1, %2").arg(protocolTitle(m_values.kind.protocol), splitText(m_values.kind.split));
}

std::optional<double> QualityModel::Values::accuracy(const QualityRow &row) const {
    const Result *result = latestResult(row.run, kind.protocol, kind.split);
    return result != nullptr && !isBaseline(row.run, *result) ? std::optional(result->value) : std::nullopt;
}

RankCorrelation QualityModel::ranking(QualityMeasure measure) const {
    std::vector<MeasuredQuality> measured;
    std::vector<std::optional<double>> accuracies;
    for (const QualityRow &row : rows()) {
        if (!m_values.quality.contains(row.run.id))
            continue;
        measured.push_back({m_values.quality.value(row.run.id), row.alignment});
        accuracies.push_back(m_values.accuracy(row));
    }
    return rankingBy(measure, measured, accuracies);
}

std::function<std::vector<TableCell>(int row)> QualityModel::cells() const {
    return [values = m_values](int row) {
        const QualityRow &each = (*values.rows)[std::size_t(row)];
        std::vector<TableCell> cells{runTitle(each.run).toStdString()};
        for (int column = Run + 1; column < columns; ++column) {
            const auto number = values.number(each, column);
            cells.push_back(number ? TableCell(NumberCell{*number, {}, {}})
                                   : TableCell(unknown.toStdString()));
        }
        return cells;
    };
}

int QualityModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(rows().size());
}

int QualityModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : columns;
}

std::optional<double> QualityModel::Values::number(const QualityRow &row, int column) const {
    if (column == Accuracy)
        return accuracy(row);
    const auto measured = quality.constFind(row.run.id);
    if (column == Alignment)
        return row.alignment; // recorded in training
    if (measured == quality.constEnd())
        return std::nullopt;
    if (column == Images)
        return double(measured->images);
    return isMeasure(column) ? valueOf(measureOf(column), {*measured, row.alignment}) : std::nullopt;
}

QString QualityModel::text(const QualityRow &row, int column) const {
    if (column == Run)
        return runTitle(row.run);
    const std::optional<double> value = m_values.number(row, column);
    if (!value || !std::isfinite(*value))
        return unknown;
    if (column == Images)
        return countText(qlonglong(*value));
    return column == Accuracy ? percentText(*value) : decimalText(*value, column == RankMe ? 1 : 3);
}

QVariant QualityModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QualityRow &row = rows()[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::DecorationRole:
        return index.column() == Run ? QVariant(runDot(row.run.id)) : QVariant();
    case Qt::UserRole:
        if (index.column() == Run)
            return text(row, Run);
        return numberOr(m_values.number(row, index.column()));
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == Run ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant QualityModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Run ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return isMeasure(section) ? QVariant(plainToolTip(help(measureOf(section)))) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    if (isMeasure(section))
        return title(measureOf(section));
    return section == Run ? tr("Run") : section == Images ? tr("Images") : accuracyTitle();
}

QString QualityModel::title(QualityMeasure measure) {
    switch (measure) {
    case QualityMeasure::RankMe:
        return tr("RankMe");
    case QualityMeasure::AlphaReq:
        return tr("alpha-ReQ");
    case QualityMeasure::Alignment:
        return tr("Alignment");
    case QualityMeasure::Uniformity:
        break;
    }
    return tr("Uniformity");
}

QString QualityModel::help(QualityMeasure measure) {
    switch (measure) {
    case QualityMeasure::RankMe:
        return tr("Effective rank of the features of the training images: higher is better (Garrido et al. "
                  "2023)");
    case QualityMeasure::AlphaReq:
        return tr("Decay of the eigenvalues of the covariance: about 1 is best (Agrawal et al. 2022)");
    case QualityMeasure::Alignment:
        return tr(
            "Mean squared distance of the two views of an image, recorded at the last epoch, of z: lower "
            "is better (Wang and Isola 2020)");
    case QualityMeasure::Uniformity:
        break;
    }
    return tr("Logarithm of the mean Gaussian potential of pairs of images: lower is better (Wang and Isola "
              "2020)");
}

} // namespace simclr::ui
