// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/curves/curve_chart.h"
#include "ui/runs/curves/curve_group.h"
#include "ui/runs/curves/curve_loader.h"
#include "ui/runs/curves/run_labels.h"

#include <QSet>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

class QGridLayout;

namespace simclr::ui {

class CurveControls;
class CurvePlot;

/// Metrics of runs and groups of runs as curves: a run as a line, several runs as their mean with a band. One
/// plot per metric, or one per unit. Owned by the RunsPage.
class CurvesPanel : public QWidget {
    Q_OBJECT
  public:
    CurvesPanel(std::filesystem::path database, QWidget *parent = nullptr);
    ~CurvesPanel() override;

    /// Shows these runs, each as a curve, out of `selected` ones; to be called again when they have changed.
    void setRuns(const std::vector<RunRecord> &runs, std::size_t selected);
    /// Shows these groups, out of `selected` ones (0: all of them); reads what it needs to know of their
    /// runs. To be called again when a run has new results.
    void setSelection(const std::vector<CurveGroup> &groups, std::size_t selected = 0);
    void forget(RunId run);

    /// Hides the curves of a group in all plots. What is computed does not change.
    void setGroupHidden(int group, bool isHidden);
    /// Fades all others; nothing: none.
    void setGroupHighlighted(std::optional<int> group);

    /// The same for the curve that these runs are, or are in; no runs: none.
    void highlightRuns(const QList<qint64> &runs);
    void setRunsHidden(const QList<qint64> &runs, bool areHidden);
    /// Whether any curve of these runs is shown, and whether any is hidden.
    bool hasCurves(const QList<qint64> &runs, bool areHidden) const;

  Q_SIGNALS:
    void failed(const QString &reason);
    /// The user hid or showed a group in a legend.
    void groupToggled(int group, bool isHidden);
    /// The pointer is over this group in a legend; −1: over none.
    void groupHovered(int group);
    /// The same as runs; empty: over none.
    void runsHovered(const QList<qint64> &runs);

  private:
    void showGroups(const std::vector<CurveGroup> &groups, std::size_t selected);
    void showOtherRuns();
    void changeSettings();
    void buildPlots();
    CurvePlot *newPlot(int index);
    void connectPlot(int index, CurvePlot &plot);
    void applySettings();
    void request();
    void redraw();
    void mixGroups();
    void updateEmptyTexts();
    QString emptyText(const CurveChart &plot) const;
    QList<int> groupsOf(const QList<qint64> &runs) const;
    static QString keyOf(const CurveGroup &group);

    CurveLoader m_loader;
    RunLabels m_labels;
    ShownCurves m_shown;
    QSet<QString> m_hidden; ///< keys of hidden groups
    CurveControls *m_controls;
    QWidget *m_area;
    QGridLayout *m_grid;
    QList<CurvePlot *> m_widgets; ///< one per plot; the first always exists
    std::vector<CurveChart> m_plots;
    BackgroundWorker m_mixer{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
