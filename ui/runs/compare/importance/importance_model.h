// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/importance/importance_reader.h"

#include <QAbstractTableModel>

namespace simclr::ui {

/// Options as rows, the most important first: rank correlation and importance in a random forest. Owned by
/// the ImportancePanel; UI thread.
class ImportanceModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Option, Correlation, Probability, Count, Forest, Choices, ColumnCount };
    enum Role {
        BarRole = Qt::UserRole, ///< from −1 to 1; nothing without a bar
        PathRole,               ///< of the option, as its name in filters
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setAnswer(ImportanceAnswer answer);
    const ImportanceAnswer &answer() const { return m_answer; }
    QByteArray asCsv() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(const OptionImportance &option, int column) const;
    QVariant bar(const OptionImportance &option, int column) const;

    ImportanceAnswer m_answer;
    double m_most = 0; ///< the highest importance of the forest
};

} // namespace simclr::ui
