// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/group_curve.h"
#include "ui/background/background_worker.h"
#include "ui/runs/compare/figures/figure_panel.h"
#include "ui/runs/compare/figures/figure_values.h"
#include "ui/runs/compare/scatter/scatter_figure.h"

class QComboBox;
class QLabel;
class QToolButton;

namespace simclr::ui {

class FieldBox;
class ScatterPlot;

/// Any option, metric or accuracy of runs against any other, with groups as means. The settings keep all
/// choices. The figure is made in a thread: of thousands of runs it takes a moment. Owned by the CompareTabs.
class ScatterPanel : public FigurePanel {
    Q_OBJECT
  public:
    explicit ScatterPanel(std::filesystem::path database, QWidget *parent = nullptr);

    void setRuns(const FigureRuns &runs) override;
    void setFields(const QString &x, const QString &y);

  protected:
    void offeredFieldsChanged() override;

  private:
    void buildControls();
    void addSwitch(QToolButton &button, const QString &key);
    void read();
    void show();
    void take(ScatterFigure figure);
    void propose();
    QString emptyText() const;
    QString caption() const;

    FigureValues m_values;
    FigureRuns m_runs;
    FieldBox *m_x;
    FieldBox *m_y;
    FieldBox *m_color;
    QToolButton *m_logX;
    QToolButton *m_logY;
    QComboBox *m_errors;
    QLabel *m_correlation;
    QLabel *m_missing;
    ScatterPlot *m_plot;
    BackgroundWorker m_maker{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
