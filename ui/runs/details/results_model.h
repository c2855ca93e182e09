// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QAbstractTableModel>
#include <array>
#include <vector>

namespace simclr::ui {

/// Every stored accuracy of one run, newest first. Owned by the EvaluationPanel; UI thread.
class ResultsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Protocol, Split, Encoder, Accuracy, Interval };
    static constexpr int columns = Interval + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setRun(const RunRecord &run);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        std::array<QString, columns> texts;
        QString detail; ///< constants of the protocol, one per line
        bool operator==(const Row &) const = default;
    };

    std::vector<Row> m_rows;
};

} // namespace simclr::ui
