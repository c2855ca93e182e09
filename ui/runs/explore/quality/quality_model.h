// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/value_table.h"
#include "ui/runs/explore/quality/quality_measuring.h"

#include <QAbstractTableModel>
#include <QHash>
#include <functional>
#include <memory>
#include <vector>

namespace simclr::ui {

/// Runs with the measures of their encoders and their accuracy. Qt::UserRole returns numbers, to sort and to
/// export. Owned by the QualityView; UI thread.
class QualityModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Run, Images, RankMe, AlphaReq, Alignment, Uniformity, Accuracy, columns };

    explicit QualityModel(QObject *parent = nullptr);

    void setRows(std::vector<QualityRow> rows);
    const std::vector<QualityRow> &rows() const { return *m_values.rows; }
    void setQuality(RunId run, const LabelFreeQuality &quality);
    bool isMeasured(RunId run) const { return m_values.quality.contains(run); }
    /// "linear, test": the accuracy that most of the runs have.
    QString accuracyTitle() const;
    /// How far a measure orders the measured runs as their accuracies do.
    RankCorrelation ranking(QualityMeasure measure) const;

    /// The cells of a row of what is shown now, to export; may be called in another thread.
    std::function<std::vector<TableCell>(int row)> cells() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString title(QualityMeasure measure);
    static QString help(QualityMeasure measure);

  private:
    /// What the cells are made of; copies share it.
    struct Values {
        std::shared_ptr<const std::vector<QualityRow>> rows;
        QHash<qint64, LabelFreeQuality> quality; ///< of those that were measured
        AccuracyKind kind;

        std::optional<double> number(const QualityRow &row, int column) const;
        std::optional<double> accuracy(const QualityRow &row) const;
    };

    QString text(const QualityRow &row, int column) const;

    Values m_values;
};

} // namespace simclr::ui
