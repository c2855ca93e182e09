// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/runs/explore/confusion/confusion_reading.h"

#include <QAbstractTableModel>
#include <optional>

namespace simclr::ui {

/// How well each class is recognised: by one run with precision and the usual confusion, or by two runs with
/// their difference. Qt::UserRole returns numbers, to sort and to export. Owned by the ConfusionView; UI
/// thread.
class ClassAccuracyModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    /// A share with its interval, for a ShareBarDelegate.
    enum Role { ShareRole = Qt::UserRole + 1, LowRole, HighRole };

    explicit ClassAccuracyModel(QObject *parent = nullptr);

    /// `names` are those of the runs, for the titles of their columns. Null for nothing.
    void setReading(const ConfusionPtr &reading, const QStringList &names);
    /// Gives names to the classes; null: they have numbers.
    void setDataset(const DatasetPtr &dataset);
    /// Whether the cells of a column are accuracies with an interval.
    bool isShare(int column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    enum class Kind { Class, Images, Accuracy, Interval, Difference, Precision, ConfusedWith };
    struct Column {
        Kind kind;
        std::size_t run = 0;
    };

    const ClassAccuracy &at(int row, std::size_t run) const;
    std::optional<double> difference(int row) const;
    QString text(int row, const Column &column) const;
    QVariant number(int row, const Column &column) const;
    QString title(const Column &column) const;
    static QString help(Kind kind);

    ConfusionPtr m_reading;
    QStringList m_names;
    std::vector<Column> m_columns;
    DatasetPtr m_dataset;
};

} // namespace simclr::ui
