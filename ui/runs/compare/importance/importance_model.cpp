// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/importance/importance_model.h"

#include "ui/plots/figure_export.h"
#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"

#include <QTextStream>
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace simclr::ui {

namespace {

/// "Width" for "width", "Colour jitter · Brightness" for a parameter of the pipeline.
QString titleOf(const std::string &path) {
    const std::string option = "config." + path;
    const QString title = settingTitle(option);
    return title == QString::fromStdString(option) ? settingTitle(path) : title;
}

QString probabilityText(const SpearmanCorrelation &correlation) {
    constexpr double smallest = 0.0001;
    return correlation.p < smallest ? QStringLiteral("< 0.0001") : decimalText(correlation.p, 4);
}

} // namespace

void ImportanceModel::setAnswer(ImportanceAnswer answer) {
    beginResetModel();
    m_answer = std::move(answer);
    m_most = 0;
    for (const OptionImportance &option : m_answer.importances.options)
        m_most = std::max(m_most, option.forest.value_or(0));
    endResetModel();
}

int ImportanceModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_answer.importances.options.size());
}

int ImportanceModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ImportanceModel::text(const OptionImportance &option, int column) const {
    const QString none = QStringLiteral("–");
    switch (column) {
    case Option:
        return titleOf(option.path);
    case Correlation:
        return option.correlation ? decimalText(option.correlation->rho, 2) : none;
    case Probability:
        return option.correlation ? probabilityText(*option.correlation) : none;
    case Count:
        return option.correlation ? countText(option.correlation->count) : none;
    case Forest:
        return option.forest ? decimalText(*option.forest, 2) : none;
    default:
        return countText(option.choices);
    }
}

QVariant ImportanceModel::bar(const OptionImportance &option, int column) const {
    if (column == Correlation && option.correlation)
        return option.correlation->rho;
    if (column == Forest && option.forest && m_most > 0)
        return std::max(0.0, *option.forest / m_most);
    return {};
}

QVariant ImportanceModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const OptionImportance &option = m_answer.importances.options[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(option, index.column());
    case Qt::ToolTipRole:
        return index.column() == Option ? plainToolTip(QString::fromStdString(option.path)) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(index.column() == Option ? Qt::AlignLeft | Qt::AlignVCenter
                                                 : Qt::AlignRight | Qt::AlignVCenter);
    case BarRole:
        return bar(option, index.column());
    case PathRole:
        return QString::fromStdString(option.path);
    default:
        return {};
    }
}

QVariant ImportanceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const std::array titles{tr("Option"), tr("Spearman's ρ"),      tr("p"),
                            tr("n"),      tr("Forest importance"), tr("Values")};
    const std::array helps{
        tr("An option in which these runs differ"),
        tr("Rank correlation with the accuracy or metric: 1 or −1 if it always rises or always falls with "
           "the "
           "option. None for options whose values have no order"),
        tr("Probability of a correlation at least as strong if there is no association. Not corrected for "
           "the "
           "number of options"),
        tr("Runs that have the option and the value"),
        tr("By how much the squared error of a random forest grows if the option's values are shuffled, as a "
           "share of the variance; from eight runs"),
        tr("Number of different values among these runs")};
    const auto place = static_cast<std::size_t>(section);
    if (role == Qt::DisplayRole)
        return titles[place];
    if (role == Qt::ToolTipRole)
        return plainToolTip(helps[place]);
    return role == Qt::TextAlignmentRole ? QVariant(section == Option ? Qt::AlignLeft | Qt::AlignVCenter
                                                                      : Qt::AlignRight | Qt::AlignVCenter)
                                         : QVariant();
}

QByteArray ImportanceModel::asCsv() const {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    QByteArray bytes;
    QTextStream out(&bytes);
    out << "option,spearman,p,n,forest importance,values\n";
    for (const OptionImportance &option : m_answer.importances.options)
        out << csvText(QString::fromStdString(option.path)) << ','
            << csvNumber(option.correlation ? option.correlation->rho : none) << ','
            << csvNumber(option.correlation ? option.correlation->p : none) << ','
            << (option.correlation ? option.correlation->count : 0) << ','
            << csvNumber(option.forest.value_or(none)) << ',' << option.choices << '\n';
    out.flush();
    return bytes;
}

} // namespace simclr::ui
