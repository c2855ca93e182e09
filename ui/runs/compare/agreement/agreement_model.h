// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/agreement/agreement_reader.h"

#include <QAbstractTableModel>

namespace simclr::ui {

/// The agreement of each run with each other one as a table of coloured cells. Owned by the AgreementPanel;
/// UI thread.
class AgreementModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setAnswer(AgreementAnswer answer);
    const AgreementAnswer &answer() const { return m_answer; }
    /// One pair per line: both runs, n, the shares, κ.
    QByteArray asCsv() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString titleOf(int place) const;
    QString help(int row, int column) const;
    double colorShare(double share) const;

    AgreementAnswer m_answer;
    double m_least = 0; ///< the lowest agreement of different runs
};

} // namespace simclr::ui
