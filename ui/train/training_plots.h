// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "ui/workspace/training_session.h"

#include <QList>
#include <QWidget>
#include <array>
#include <map>

class QGridLayout;

namespace simclr::ui {

class CurvePlot;

/// The live plots of a run: every metric in the plot that it names, and accuracies by protocol. Owned by the
/// TrainPage.
class TrainingPlots : public QWidget {
    Q_OBJECT
  public:
    explicit TrainingPlots(QWidget *parent = nullptr);

    /// Clears the plots for a run and adds its reference lines.
    void begin(const RunStarted &started);
    void add(const TrainingUpdate &update);
    /// Sets the texts of the empty plots, for images with or without labels.
    void setLabelled(bool labelled);
    /// Wide enough for two columns; with more room there are three or four.
    QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent *event) override;

  private:
    void arrange(int columns);
    void buildPlots();
    void addCurves(qint64 run);
    void addAccuracyCurves(qint64 run);
    void addMetric(MetricId metric, const TrainingUpdate &update);
    void addEvaluation(const Result &result);
    enum AccuracyCurve { Linear, Knn, OnlineProbe };
    void addAccuracy(AccuracyCurve curve, const Result &result);

    QGridLayout *m_grid;
    int m_columns = 0;
    std::map<MetricPlot, CurvePlot *> m_plots; ///< each with the metrics that name it
    CurvePlot *m_accuracy;
    QList<CurvePlot *> m_inOrder;                  ///< all of them
    std::array<int, allMetrics.size()> m_curves{}; ///< of each metric in its plot
};

} // namespace simclr::ui
