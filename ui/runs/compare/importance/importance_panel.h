// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/figures/figure_panel.h"
#include "ui/runs/compare/figures/figure_values.h"
#include "ui/runs/compare/importance/importance_reader.h"

class QLabel;
class QTableView;
class QToolButton;

namespace simclr::ui {

class FieldBox;
class ImportanceModel;

/// Which options of runs go together with an accuracy or a metric. Says what such numbers do not say. Owned
/// by the CompareTabs.
class ImportancePanel : public FigurePanel {
    Q_OBJECT
  public:
    explicit ImportancePanel(std::filesystem::path database, QWidget *parent = nullptr);

    void setRuns(const FigureRuns &runs) override;

  Q_SIGNALS:
    /// The user wants to see the measure over this option.
    void scatterRequested(const QString &option, const QString &measure);

  protected:
    void offeredFieldsChanged() override;

  private:
    void buildControls();
    void buildTable();
    void ask();
    void show(const ImportanceAnswer &answer);
    void choose(const QModelIndex &cell);
    void popUpMenu(const QPoint &globalPosition);
    QString hint(const ImportanceAnswer &answer) const;

    FigureValues m_values; ///< the names of fields
    ImportanceReader m_reader;
    ImportanceModel *m_model;
    FigureRuns m_runs;
    std::vector<RunPtr> m_askedRuns;
    QString m_askedField;
    FieldBox *m_measure;
    QToolButton *m_save;
    QLabel *m_hint;
    QTableView *m_table;
};

} // namespace simclr::ui
