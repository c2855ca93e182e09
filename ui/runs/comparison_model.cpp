// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/comparison_model.h"

#include "ui/runs/run_words.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/training_words.h"

#include <QFont>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString absent = QStringLiteral("–");

/// Which encoders a row is about: those that came out of the runs, or with another origin the baselines.
bool isAbout(WeightsOrigin row, const RunRecord &run, const ResultRecord &result) {
    return row == WeightsOrigin::Trained ? !isBaseline(run, result)
                                         : isBaseline(run, result) && originOf(run, result) == row;
}

/// The newest result that stands in a row.
const ResultRecord *resultOf(const RunRecord &run, const std::string &protocol, const std::string &split,
                             WeightsOrigin row) {
    const ResultRecord *newest = nullptr;
    for (const ResultRecord &result : run.results) {
        const bool fits = result.protocol == protocol && result.split == split &&
                          isAbout(row, run, result) && result.scope.isPlain();
        if (fits && (newest == nullptr || result.epoch >= newest->epoch))
            newest = &result;
    }
    return newest;
}

QString accuracyText(WeightsOrigin row, const RunRecord &run, const ResultRecord &result) {
    const QString accuracy = percentText(result.value);
    if (row != WeightsOrigin::Trained)
        return accuracy;
    return originOf(run, result) == WeightsOrigin::Trained
               ? ComparisonModel::tr("%1  after epoch %2").arg(accuracy).arg(result.epoch)
               : ComparisonModel::tr("%1  %2").arg(accuracy, encoderTitle(run, result));
}

QString titleOf(WeightsOrigin row, const QString &what) {
    switch (row) {
    case WeightsOrigin::Random:
        return ComparisonModel::tr("%1: random encoder").arg(what);
    case WeightsOrigin::Imported:
        return ComparisonModel::tr("%1: imported encoder").arg(what);
    case WeightsOrigin::Trained:
        break;
    }
    return what;
}

} // namespace

bool ComparisonModel::setRuns(const std::vector<RunRecord> &runs) {
    Content content;
    for (const RunRecord &run : runs) {
        content.ids.push_back(run.id);
        content.names.append(runTitle(run));
    }
    if (!runs.empty())
        addAccuracies(content, runs);
    if (runs.size() > 1)
        addDifferences(content, runs);
    if (content == m_content)
        return false;
    beginResetModel();
    m_content = std::move(content);
    endResetModel();
    return true;
}

void ComparisonModel::addAccuracies(Content &content, const std::vector<RunRecord> &runs) {
    content.rows.push_back({tr("Accuracy"), {}});
    for (const char *split : {"test", "validation"}) {
        for (const char *protocol : {"linear", "knn"}) {
            for (const auto row : {WeightsOrigin::Trained, WeightsOrigin::Random, WeightsOrigin::Imported}) {
                QStringList values;
                for (const RunRecord &run : runs) {
                    const ResultRecord *result = resultOf(run, protocol, split, row);
                    values.append(result == nullptr ? absent : accuracyText(row, run, *result));
                }
                if (values.count(absent) == values.size())
                    continue;
                const QString what = tr("%1, %2").arg(protocolTitle(protocol), splitText(split));
                content.rows.push_back({titleOf(row, what), values});
            }
        }
    }
    if (content.rows.size() == 1)
        content.rows.push_back({tr("not evaluated yet"), QStringList(content.names.size(), absent)});
}

void ComparisonModel::addDifferences(Content &content, const std::vector<RunRecord> &runs) {
    const std::vector<ConfigDifference> differences = configDifferences(runs);
    content.rows.push_back({differences.empty() ? tr("Configured alike") : tr("Configured differently"), {}});
    for (const ConfigDifference &difference : differences) {
        QStringList values;
        for (const std::string &value : difference.values)
            values.append(QString::fromStdString(value));
        content.rows.push_back(
            {settingTitle(difference.path), values, QString::fromStdString(difference.path)});
    }
}

bool ComparisonModel::isHeading(int row) const {
    return m_content.rows[static_cast<std::size_t>(row)].values.isEmpty();
}

int ComparisonModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_content.rows.size());
}

int ComparisonModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : 1 + static_cast<int>(m_content.names.size());
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_content.rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return index.column() == 0 ? row.title : row.values.value(index.column() - 1);
    if (role == Qt::ToolTipRole && index.column() == 0)
        return plainToolTip(row.path);
    if (role == Qt::ForegroundRole && index.column() == 0 && !row.values.isEmpty())
        return theme::mutedText();
    if (role == Qt::FontRole && row.values.isEmpty()) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    return {};
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (section == 0)
        return role == Qt::DisplayRole ? QVariant(QString()) : QVariant();
    if (role == Qt::DisplayRole)
        return m_content.names[section - 1];
    if (role == Qt::DecorationRole)
        return runDot(m_content.ids[static_cast<std::size_t>(section - 1)]);
    return {};
}

} // namespace simclr::ui
