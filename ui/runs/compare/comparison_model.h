// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_comparison.h"

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

namespace simclr::ui {

/// Runs side by side: their accuracies by protocol and split, each with its epoch, for two runs with
/// McNemar's test, then the differences between their configurations. Owned by the ComparisonPanel; UI
/// thread.
class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Returns whether anything has changed; if not, selections stay. `results` are the rows of these runs.
    bool setRuns(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &results);
    bool isHeading(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        QString title;
        QStringList values;       ///< empty in a heading
        QString path = {};        ///< of a setting, as the command line names it
        QString probability = {}; ///< p of McNemar's test
        QString testHelp = {};    ///< the counts of the test
        bool isMeasured = false;  ///< accuracies, each with its interval
        bool operator==(const Row &) const = default;
    };
    struct Content {
        std::vector<RunId> ids;
        QStringList names;
        std::vector<Row> rows;
        bool isTested = false; ///< any row has a probability, so there is a column for it
        bool operator==(const Content &) const = default;
    };
    static void addAccuracies(Content &content, const std::vector<RunRecord> &runs,
                              const std::vector<ResultRow> &results);
    static void addDifferences(Content &content, const std::vector<RunRecord> &runs);
    QVariant testData(const Row &row, int role) const;
    static QVariant testHeader(int role);

    Content m_content;
};

} // namespace simclr::ui
