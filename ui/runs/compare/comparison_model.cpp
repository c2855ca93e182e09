// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/comparison_model.h"

#include "core/results/run_groups.h"
#include "core/train/train_options.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QFont>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <string_view>
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

/// "+1.2", "−0.4": the difference of two accuracies in percentage points.
QString pointsText(double difference) {
    const double points = 100 * difference;
    const QString amount = decimalText(std::abs(points), 1);
    return points < 0 ? QStringLiteral("−") + amount : QStringLiteral("+") + amount;
}

/// Whether a setting, by its path in the differences, only suits the machine.
bool isOfMachine(const std::string &path) {
    constexpr std::string_view prefix = "config.";
    if (path == "device" || path == "precision")
        return true;
    return path.starts_with(prefix) &&
           isMachineOption(path.substr(prefix.size()), trainOptionsDescription().schema());
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

void ComparisonModel::setBaseline(RunId run) {
    m_baseline = run;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

RunId ComparisonModel::runAt(int row) const {
    const auto place = static_cast<std::size_t>(row);
    return row >= 0 && place < m_content.ids.size() ? m_content.ids[place] : 0;
}

void ComparisonModel::addAccuracies(Content &content, const std::vector<RunRecord> &runs,
                                    const std::vector<ResultRow> &results) {
    for (const ResultRow &result : results) {
        content.columns.push_back(accuracyColumn(result, runs));
        content.isTested = content.isTested || result.test.has_value();
    }
}

ComparisonModel::Column ComparisonModel::accuracyColumn(const ResultRow &result,
                                                        const std::vector<RunRecord> &runs) {
    Column column{.title = titleOf(result), .help = intervalHelp(), .cells = {}, .isMeasured = true};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::optional<Result> &value = result.values[i];
        if (value)
            column.cells.push_back({measuredText(result, runs[i], *value), intervalHelp(), value->value});
        else
            column.cells.push_back({absent, tr("Not evaluated yet")});
    }
    if (result.test) {
        column.probability = probabilityText(result.test->p);
        column.testHelp = testHelpText(*result.test);
    }
    return column;
}

void ComparisonModel::addDifferences(Content &content, const std::vector<RunRecord> &runs) {
    std::vector<Column> machine;
    for (const ConfigDifference &difference : configDifferences(runs)) {
        Column column{.title = settingTitle(difference.path),
                      .help = QString::fromStdString(difference.path),
                      .cells = {},
                      .isOfMachine = isOfMachine(difference.path)};
        for (const std::string &value : difference.values)
            column.cells.push_back({QString::fromStdString(value), QString::fromStdString(value)});
        (column.isOfMachine ? machine : content.columns).push_back(std::move(column));
    }
    std::ranges::move(machine, std::back_inserter(content.columns));
}

int ComparisonModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_content.ids.size()) + (m_content.isTested ? 1 : 0);
}

int ComparisonModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() || m_content.ids.empty() ? 0 : 1 + static_cast<int>(m_content.columns.size());
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (index.column() == 0)
        return nameData(index.row(), role);
    const Column &column = m_content.columns[static_cast<std::size_t>(index.column()) - 1];
    const auto row = static_cast<std::size_t>(index.row());
    const bool isTest = row == m_content.ids.size();
    if (role == Qt::DisplayRole)
        return isTest ? column.probability : cellText(column, row);
    if (role == Qt::ToolTipRole)
        return plainToolTip(isTest ? column.testHelp : column.cells[row].help);
    if (role == Qt::ForegroundRole && column.isOfMachine)
        return theme::mutedText();
    if (role == Qt::FontRole && !isTest && isBest(column, row)) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    return {};
}

/// An accuracy is followed by its difference to that of the baseline.
QString ComparisonModel::cellText(const Column &column, std::size_t row) const {
    const Cell &cell = column.cells[row];
    const std::size_t baseline = baselineRow();
    const std::optional<double> &reference = column.cells[baseline].value;
    if (!cell.value || !reference || row == baseline)
        return cell.text;
    return tr("%1  %2").arg(cell.text, pointsText(*cell.value - *reference));
}

bool ComparisonModel::isBest(const Column &column, std::size_t row) const {
    if (!column.isMeasured || m_content.ids.size() < 2 || !column.cells[row].value)
        return false;
    return std::ranges::none_of(
        column.cells, [&](const Cell &cell) { return cell.value && *cell.value > *column.cells[row].value; });
}

std::size_t ComparisonModel::baselineRow() const {
    const auto found = std::ranges::find(m_content.ids, m_baseline);
    return found == m_content.ids.end() ? firstMeasuredRow()
                                        : static_cast<std::size_t>(found - m_content.ids.begin());
}

/// The first run with an accuracy.
std::size_t ComparisonModel::firstMeasuredRow() const {
    for (std::size_t row = 0; row < m_content.ids.size(); ++row)
        for (const Column &column : m_content.columns)
            if (column.isMeasured && column.cells[row].value)
                return row;
    return 0;
}

QVariant ComparisonModel::nameData(int row, int role) const {
    const auto place = static_cast<std::size_t>(row);
    if (place == m_content.ids.size())
        return testName(role);
    if (role == Qt::DisplayRole)
        return place == baselineRow() && m_content.ids.size() > 1
                   ? tr("%1 (baseline)").arg(m_content.names[row])
                   : m_content.names[row];
    if (role == Qt::DecorationRole)
        return runDot(m_content.ids[place]);
    if (role == Qt::ToolTipRole)
        return plainToolTip(place == baselineRow()
                                ? tr("%1: the baseline of the differences").arg(m_content.names[row])
                                : m_content.names[row]);
    return {};
}

QVariant ComparisonModel::testName(int role) {
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
        return role == Qt::DisplayRole ? QVariant(tr("Run")) : QVariant();
    const Column &column = m_content.columns[static_cast<std::size_t>(section) - 1];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::ToolTipRole)
        return plainToolTip(column.isOfMachine ? tr("%1: of the machine only").arg(column.help)
                                               : column.help);
    return role == Qt::ForegroundRole && column.isOfMachine ? QVariant(theme::mutedText()) : QVariant();
}

} // namespace simclr::ui
