// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/value_table.h"
#include "ui/runs/explore/duplicates/duplicate_search.h"

#include <QAbstractTableModel>
#include <functional>
#include <vector>

namespace simclr::ui {

/// Pairs of nearly equal images. Qt::UserRole returns numbers, to export. Owned by the DuplicatesView; UI
/// thread.
class PairModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { First, Second, Cosine, Splits, columns };
    /// The index of the image of a cell, and its class.
    enum Role { SampleRole = Qt::UserRole + 1, ClassRole };

    explicit PairModel(QObject *parent = nullptr);

    /// Null for nothing.
    void setAnswer(const DuplicatesPtr &answer);
    const ImagePair &pair(int row) const { return m_answer->pairs[std::size_t(row)]; }
    DatasetPtr images() const { return m_answer ? m_answer->images : nullptr; }
    const Dataset *dataset() const { return m_answer ? m_answer->images.get() : nullptr; }

    /// The cells of a row of what is shown now, to export; may be called in another thread.
    std::function<std::vector<TableCell>(int row)> cells() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString details(const ImagePair &pair) const;

    DuplicatesPtr m_answer;
};

} // namespace simclr::ui
