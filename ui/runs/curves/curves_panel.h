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

/// One metric of the selected runs as overlaid curves, each in its run's colour; the second protocol dashed.
/// Owned by the RunsPage.
class CurvesPanel : public QWidget {
    Q_OBJECT
  public:
    CurvesPanel(std::filesystem::path database, QWidget *parent = nullptr);

    /// Shows these runs, of `selected` ones in all; also to be called when something was added to them.
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
    /// Shows what was added; draws anew only where the curves are others.
    void redraw();
    void dropCurves();
    void sayWhyEmpty();
    struct Drawing; ///< a curve that is to be seen
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
    std::vector<QString> m_shown; ///< by curve of the plot, what makes it that curve
    QComboBox *m_metric;
    QComboBox *m_x;
    QSlider *m_smoothing;
    QLabel *m_smoothingText;
    QLabel *m_notDrawn;
    CurvePlot *m_plot;
};

} // namespace simclr::ui
