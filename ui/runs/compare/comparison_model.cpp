// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/comparison_model.h"

#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QFont>
#include <QLocale>
#include <algorithm>
#include <tuple>
#include <utility>

namespace simclr::ui {

namespace {

const QString absent = QStringLiteral("–");

QString accuracyText(const ResultRow &row, const RunRecord &run, const Result &result) {
    const QString accuracy = percentText(result.value);
    if (row.isBaseline)
        return accuracy;
    return originOf(run, result) == WeightsOrigin::Trained
               ? ComparisonModel::tr("%1  after epoch %2").arg(accuracy).arg(result.key.place.epoch)
               : ComparisonModel::tr("%1  %2").arg(accuracy, encoderTitle(run, result));
}

/// Followed by its interval, if known.
QString measuredText(const ResultRow &row, const RunRecord &run, const Result &result) {
    const QString accuracy = accuracyText(row, run, result);
    const std::optional<ShareInterval> interval = accuracyInterval(run, result);
    return withMissing(
        interval ? ComparisonModel::tr("%1  (%2)").arg(accuracy, intervalText(interval)) : accuracy, result);
}

QString titleOf(const ResultRow &row) {
    const QString what =
        ComparisonModel::tr("%1, %2").arg(resultText(row.example), splitText(row.example.key.split));
    if (!row.isBaseline || row.origin == WeightsOrigin::Supervised)
        return what;
    return row.origin == WeightsOrigin::Imported ? ComparisonModel::tr("%1: imported encoder").arg(what)
                                                 : ComparisonModel::tr("%1: random encoder").arg(what);
}

bool hasLabels(const std::vector<RunRecord> &runs) {
    return std::ranges::any_of(runs, [](const RunRecord &run) { return run.dataset.classes > 0; });
}

QString probabilityText(double p) {
    constexpr double smallest = 0.0001;
    return p < smallest ? QStringLiteral("< 0.0001") : decimalText(p, 4);
}

QString testHelpText(const McNemar &test) {
    return ComparisonModel::tr(
               "Of %1 images, only the first run is correct on %2, and only the second on %3. p is "
               "the probability of a difference at least as large if both have the same error rate "
               "(McNemar's test, two-sided). It is about these two encoders only: two runs of the "
               "same method also differ, by their seeds.")
        .arg(countText(test.common), countText(test.firstOnly), countText(test.secondOnly));
}

/// Trained encoders come before their baselines, and the test split before validation.
std::vector<ResultRow> inOrder(std::vector<ResultRow> rows) {
    std::ranges::stable_sort(rows, {}, [](const ResultRow &row) {
        const ResultKey &key = row.example.key;
        const bool isUsual = key.protocol == Protocol::Linear || key.protocol == Protocol::Knn;
        return std::tuple(key.split != Split::Test, !key.isPlain() || !isUsual,
                          key.protocol != Protocol::Linear, nameOf(key.protocol), row.isBaseline);
    });
    return rows;
}

} // namespace

bool ComparisonModel::setRuns(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &results) {
    Content content;
    for (const RunRecord &run : runs) {
        content.ids.push_back(run.id);
        content.names.append(runTitle(run));
    }
    if (!runs.empty())
        addAccuracies(content, runs, inOrder(results));
    if (runs.size() > 1)
        addDifferences(content, runs);
    if (content == m_content)
        return false;
    beginResetModel();
    m_content = std::move(content);
    endResetModel();
    return true;
}

void ComparisonModel::addAccuracies(Content &content, const std::vector<RunRecord> &runs,
                                    const std::vector<ResultRow> &results) {
    content.rows.push_back({tr("Accuracy, with its 95 % interval"), {}});
    for (const ResultRow &result : results) {
        Row row{titleOf(result), {}};
        row.isMeasured = true;
        for (std::size_t i = 0; i < runs.size(); ++i)
            row.values.append(result.values[i] ? measuredText(result, runs[i], *result.values[i]) : absent);
        if (result.test) {
            row.probability = probabilityText(result.test->p);
            row.testHelp = testHelpText(*result.test);
            content.isTested = true;
        }
        content.rows.push_back(std::move(row));
    }
    if (content.rows.size() == 1)
        content.rows.push_back({hasLabels(runs) ? tr("not evaluated yet") : tr("the images have no labels"),
                                QStringList(content.names.size(), absent)});
}

void ComparisonModel::addDifferences(Content &content, const std::vector<RunRecord> &runs) {
    const std::vector<ConfigDifference> differences = configDifferences(runs);
    content.rows.push_back(
        {differences.empty() ? tr("Same configuration") : tr("Configuration differences"), {}});
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
    return parent.isValid() ? 0 : 1 + static_cast<int>(m_content.names.size()) + (m_content.isTested ? 1 : 0);
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_content.rows[static_cast<std::size_t>(index.row())];
    if (index.column() > m_content.names.size())
        return testData(row, role);
    if (role == Qt::DisplayRole)
        return index.column() == 0 ? row.title : row.values.value(index.column() - 1);
    if (role == Qt::ToolTipRole)
        return plainToolTip(index.column() == 0 ? row.path : row.isMeasured ? intervalHelp() : QString());
    if (role == Qt::ForegroundRole && index.column() == 0 && !row.values.isEmpty())
        return theme::mutedText();
    if (role == Qt::FontRole && row.values.isEmpty()) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    return {};
}

QVariant ComparisonModel::testData(const Row &row, int role) const {
    if (role == Qt::DisplayRole)
        return row.probability;
    return role == Qt::ToolTipRole ? QVariant(plainToolTip(row.testHelp)) : QVariant();
}

QVariant ComparisonModel::testHeader(int role) {
    if (role == Qt::ToolTipRole)
        return plainToolTip(tr("McNemar's test of these two encoders on the same images. It does not compare "
                               "methods: that needs several seeds of each."));
    return role == Qt::DisplayRole ? QVariant(tr("p, these two encoders only")) : QVariant();
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (section == 0)
        return role == Qt::DisplayRole ? QVariant(QString()) : QVariant();
    if (section > m_content.names.size())
        return testHeader(role);
    if (role == Qt::DisplayRole)
        return m_content.names[section - 1];
    if (role == Qt::DecorationRole)
        return runDot(m_content.ids[static_cast<std::size_t>(section - 1)]);
    return {};
}

} // namespace simclr::ui
