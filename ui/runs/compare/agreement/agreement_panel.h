// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/result.h"
#include "ui/runs/compare/agreement/agreement_reader.h"
#include "ui/runs/compare/figures/figure_panel.h"

class QComboBox;
class QLabel;
class QTableView;
class QToolButton;

namespace simclr::ui {

class AgreementModel;

/// How far the predictions of the selected runs agree, as a matrix: by a protocol and split that they have in
/// common. Owned by the CompareTabs.
class AgreementPanel : public FigurePanel {
    Q_OBJECT
  public:
    explicit AgreementPanel(std::filesystem::path database, QWidget *parent = nullptr);

    void setRuns(const FigureRuns &runs) override;

  Q_SIGNALS:
    /// The user wants to see the images on which two runs differ.
    void disagreementRequested(qint64 first, qint64 second, const simclr::ResultKey &key);

  private:
    void buildControls();
    void buildTable();
    void fillMeasures();
    void ask();
    void show(const AgreementAnswer &answer);
    void resizeCells();
    void choose(const QModelIndex &cell);
    void popUpMenu(const QPoint &globalPosition);
    QString hint(const AgreementAnswer &answer) const;

    AgreementReader m_reader;
    AgreementModel *m_model;
    FigureRuns m_runs;
    AgreementRequest m_asked;
    int m_left = 0; ///< runs beyond the most that are compared
    QComboBox *m_measure;
    QComboBox *m_order;
    QToolButton *m_save;
    QLabel *m_hint;
    QTableView *m_table;
};

} // namespace simclr::ui
