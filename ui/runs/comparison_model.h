// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

namespace simclr::ui {

/// Runs side by side: their accuracies, each row with protocol, split and epoch, then everything in which
/// their configurations differ. Owned by the ComparisonPanel; UI thread.
class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Returns whether anything is another now; where nothing is, selections stay.
    bool setRuns(const std::vector<RunRecord> &runs);
    bool isHeading(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        QString title;
        QStringList values; ///< empty in a heading
        QString path = {};  ///< of a setting, as the command line names it
        bool operator==(const Row &) const = default;
    };
    struct Content {
        std::vector<RunId> ids;
        QStringList names;
        std::vector<Row> rows;
        bool operator==(const Content &) const = default;
    };
    static void addAccuracies(Content &content, const std::vector<RunRecord> &runs);
    static void addDifferences(Content &content, const std::vector<RunRecord> &runs);

    Content m_content;
};

} // namespace simclr::ui
