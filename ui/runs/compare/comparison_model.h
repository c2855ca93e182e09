// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_comparison.h"

#include <QAbstractTableModel>
#include <QStringList>
#include <optional>
#include <vector>

namespace simclr::ui {

/// Runs as rows: their accuracies by protocol and split, then the settings in which they differ, those of the
/// machine last. Two runs have McNemar's test as a last row. Owned by the ComparisonPanel; UI thread.
class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Returns whether anything has changed; if not, selections stay. `results` are the columns of these
    /// runs.
    bool setRuns(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &results);
    /// The run that accuracies are compared with; without one, or if it is not shown, the first.
    void setBaseline(RunId run);
    /// 0 for the row of the test.
    RunId runAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Cell {
        QString text;
        QString help = {};
        std::optional<double> value = {}; ///< an accuracy that may be compared
        bool operator==(const Cell &) const = default;
    };
    struct Column {
        QString title;
        QString help = {};
        std::vector<Cell> cells; ///< one per run
        bool isOfMachine = false;
        bool isMeasured = false;  ///< accuracies, each with its interval
        QString probability = {}; ///< p of McNemar's test
        QString testHelp = {};    ///< the counts of the test
        bool operator==(const Column &) const = default;
    };
    struct Content {
        std::vector<RunId> ids;
        QStringList names;
        std::vector<Column> columns;
        bool isTested = false; ///< any column has a probability, so there is a row for it
        bool operator==(const Content &) const = default;
    };
    static void addAccuracies(Content &content, const std::vector<RunRecord> &runs,
                              const std::vector<ResultRow> &results);
    static void addDifferences(Content &content, const std::vector<RunRecord> &runs);
    static Column accuracyColumn(const ResultRow &result, const std::vector<RunRecord> &runs);
    QVariant nameData(int row, int role) const;
    static QVariant testName(int role);
    QString cellText(const Column &column, std::size_t row) const;
    bool isBest(const Column &column, std::size_t row) const;
    std::size_t baselineRow() const;
    std::size_t firstMeasuredRow() const;

    Content m_content;
    RunId m_baseline = 0;
};

} // namespace simclr::ui
