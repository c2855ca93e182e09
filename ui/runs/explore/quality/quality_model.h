// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/quality/quality_measuring.h"

#include <QAbstractTableModel>
#include <QHash>
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
    const std::vector<QualityRow> &rows() const { return m_rows; }
    void setQuality(RunId run, const LabelFreeQuality &quality);
    bool isMeasured(RunId run) const { return m_quality.contains(run); }
    /// "linear, test": the accuracy that most of the runs have.
    QString accuracyTitle() const;
    /// How far a measure orders the measured runs as their accuracies do.
    RankCorrelation ranking(QualityMeasure measure) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString title(QualityMeasure measure);
    static QString help(QualityMeasure measure);

  private:
    std::optional<double> number(const QualityRow &row, int column) const;
    std::optional<double> accuracy(const QualityRow &row) const;
    QString text(const QualityRow &row, int column) const;

    std::vector<QualityRow> m_rows;
    QHash<qint64, LabelFreeQuality> m_quality; ///< of those that were measured
    AccuracyKind m_kind;
};

} // namespace simclr::ui
