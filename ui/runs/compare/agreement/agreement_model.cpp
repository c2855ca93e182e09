// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/agreement/agreement_model.h"

#include "ui/plots/figure_export.h"
#include "ui/runs/compare/figures/figure_runs.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"

#include <QColor>
#include <QTextStream>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

/// Readable on the colour of its cell.
QColor textOn(const QColor &color) {
    return qGray(color.rgb()) > 128 ? QColor(20, 20, 20) : QColor(245, 245, 245);
}

QString kappaText(const Agreement &agreement) {
    const std::optional<double> kappa = agreement.kappa();
    return kappa ? decimalText(*kappa, 2) : QStringLiteral("–");
}

} // namespace

void AgreementModel::setAnswer(AgreementAnswer answer) {
    beginResetModel();
    m_answer = std::move(answer);
    m_least = 1;
    const std::size_t count = m_answer.results.size();
    for (std::size_t row = 0; row < count; ++row)
        for (std::size_t column = 0; column < count; ++column)
            if (row != column)
                m_least = std::min(m_least, m_answer.at(row, column).share().value_or(1));
    endResetModel();
}

int AgreementModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_answer.results.size());
}

int AgreementModel::columnCount(const QModelIndex &parent) const {
    return rowCount(parent);
}

QString AgreementModel::titleOf(int place) const {
    return runTitle(*m_answer.results[static_cast<std::size_t>(place)].run);
}

/// From the lowest agreement to the highest, so that differences are seen.
double AgreementModel::colorShare(double share) const {
    return m_least < 1 ? (share - m_least) / (1 - m_least) : 1;
}

QString AgreementModel::help(int row, int column) const {
    const Agreement &each = m_answer.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
    if (row == column)
        return tr("%1: n = %2 images").arg(titleOf(row), countText(each.common));
    if (!each.share())
        return tr("%1 and %2 were not evaluated on the same images").arg(titleOf(row), titleOf(column));
    const QStringList sentences{
        tr("%1 and %2 predict one class for %3 of %4 images (%5); κ = %6 beyond chance.")
            .arg(titleOf(row), titleOf(column), countText(each.same), countText(each.common),
                 percentText(*each.share()), kappaText(each)),
        tr("Both right: %1, both wrong: %2, only the first right: %3, only the second right: %4.")
            .arg(countText(each.bothRight), countText(each.bothWrong), countText(each.firstOnly),
                 countText(each.secondOnly)),
        tr("A click shows the images on which they differ.")};
    return sentences.join(QLatin1Char('\n'));
}

QVariant AgreementModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const std::optional<double> share =
        m_answer.at(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column())).share();
    const bool isSelf = index.row() == index.column();
    switch (role) {
    case Qt::DisplayRole:
        return isSelf ? QString() : share ? percentText(*share) : QStringLiteral("–");
    case Qt::ToolTipRole:
        return plainToolTip(help(index.row(), index.column()));
    case Qt::BackgroundRole:
        return isSelf || !share ? QVariant() : QVariant(gradientColor(colorShare(*share)));
    case Qt::ForegroundRole:
        return isSelf || !share ? QVariant() : QVariant(textOn(gradientColor(colorShare(*share))));
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignCenter);
    case Qt::AccessibleDescriptionRole:
        return help(index.row(), index.column());
    default:
        return {};
    }
}

QVariant AgreementModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (section < 0 || section >= rowCount())
        return {};
    const RunRecord &run = *m_answer.results[static_cast<std::size_t>(section)].run;
    if (role == Qt::ToolTipRole)
        return plainToolTip(titleOf(section));
    if (role == Qt::DecorationRole && orientation == Qt::Vertical)
        return runDot(run.id);
    if (role == Qt::DisplayRole) // columns have little room
        return orientation == Qt::Vertical ? titleOf(section) : QString::number(run.id);
    return {};
}

QByteArray AgreementModel::asCsv() const {
    QByteArray bytes;
    QTextStream out(&bytes);
    out << "first,second,images,agreement,kappa,both right,both wrong,only first right,only second right\n";
    for (int row = 0; row < rowCount(); ++row)
        for (int column = row + 1; column < columnCount(); ++column) {
            const Agreement &each =
                m_answer.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
            constexpr double none = std::numeric_limits<double>::quiet_NaN();
            out << csvText(titleOf(row)) << ',' << csvText(titleOf(column)) << ',' << each.common << ','
                << csvNumber(each.share().value_or(none)) << ',' << csvNumber(each.kappa().value_or(none))
                << ',' << each.bothRight << ',' << each.bothWrong << ',' << each.firstOnly << ','
                << each.secondOnly << '\n';
        }
    out.flush();
    return bytes;
}

} // namespace simclr::ui
