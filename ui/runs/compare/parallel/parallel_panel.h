// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/compare/figures/figure_panel.h"
#include "ui/runs/compare/figures/figure_values.h"

#include <QStringList>

class QLabel;
class QMenu;
class QToolButton;

namespace simclr::ui {

class ParallelPlot;

/// Parallel coordinates of runs, whose brushes become a part of the filter of the table. As long as that
/// filter is theirs, all runs from before stay visible, so that a brush can be widened; another filter
/// removes the brushes. The figure is made in a thread. The settings keep the axes. Owned by the CompareTabs.
class ParallelPanel : public FigurePanel {
    Q_OBJECT
  public:
    explicit ParallelPanel(std::filesystem::path database, QWidget *parent = nullptr);

    void setRuns(const FigureRuns &runs) override;
    /// The fields of the axes, from left to right.
    void setAxes(const QStringList &fields);
    QStringList axes() const;

  protected:
    void offeredFieldsChanged() override;

  private:
    void buildControls();
    void read();
    void show();
    void showCount();
    void filterByBrushes();
    void fillAxesMenu(QMenu &menu);
    void popUpMenu(const QPoint &globalPosition);
    QStringList candidates() const;
    QStringList chosenAxes() const;
    QString emptyText() const;

    FigureValues m_values;
    FigureRuns m_runs;
    QStringList m_axes; ///< chosen by the user; empty: the default ones
    QToolButton *m_axesButton;
    QToolButton *m_clear;
    QToolButton *m_save;
    QLabel *m_count;
    ParallelPlot *m_plot;
    BackgroundWorker m_maker{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
