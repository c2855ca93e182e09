// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/curves/curve_loader.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QSlider;

namespace simclr::ui {

class CurvePlot;

/// One metric of the selected runs as overlaid curves, each in its run's colour; kNN accuracies are dashed.
/// Owned by the RunsPage.
class CurvesPanel : public QWidget {
    Q_OBJECT
  public:
    CurvesPanel(std::filesystem::path database, QWidget *parent = nullptr);

    /// Shows these runs, out of `selected` ones; to be called again when they have changed.
    void setRuns(const std::vector<RunRecord> &runs, std::size_t selected);
    void forget(RunId run);

  Q_SIGNALS:
    void failed(const QString &reason);

  private:
    enum XAxis { Step, Epoch, Time };

    QWidget *buildControls();
    void fillMetrics();
    void setUpSmoothing();
    void chooseMetric();
    void updateSmoothing();
    void request();
    /// Appends new points; rebuilds the plot only if other curves are wanted.
    void redraw();
    void dropCurves();
    void updateEmptyText();
    struct Drawing; ///< a curve to show
    std::vector<Drawing> drawings() const;
    void drawMetric(int curve, const RunRecord &run);
    void drawAccuracy(int curve, const RunRecord &run, Protocol protocol);
    double xOf(const RunRecord &run, const MetricPoint &point) const;
    double xOfEpoch(const RunRecord &run, double epoch) const;
    XAxis xAxis() const;
    QString metric() const;
    bool showsAccuracy() const;

    CurveLoader m_loader;
    std::vector<RunRecord> m_runs;
    std::vector<QString> m_shown; ///< the key of each curve in the plot
    QComboBox *m_metric;
    QComboBox *m_x;
    QSlider *m_smoothing;
    QLabel *m_smoothingText;
    QLabel *m_notDrawn;
    CurvePlot *m_plot;
};

} // namespace simclr::ui
