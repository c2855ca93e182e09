// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "ui/workspace/training_session.h"

#include <QWidget>

class QGridLayout;

namespace simclr::ui {

class CurvePlot;

/// The plots of a run under way: loss, accuracies by protocol, what is measured on the training views,
/// diagnostics of the representation, speed and learning rate. Owned by the TrainPage.
class TrainingPlots : public QWidget {
    Q_OBJECT
  public:
    explicit TrainingPlots(QWidget *parent = nullptr);

    /// Empties the plots for a run and draws its reference lines.
    void begin(const RunStarted &started);
    void add(const TrainingUpdate &update);
    /// Says what will be seen of images with or without labels, while there is nothing to see.
    void setLabelled(bool labelled);
    /// Two plots beside each other: three where there is room.
    QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent *event) override;

  private:
    void arrange(int columns);
    void buildStepPlots();
    void buildEpochPlots();
    void addCurves(qint64 run);
    void addDiagnosticCurves(qint64 run);
    void addSteps(const std::vector<StepFinished> &steps);
    void addEvaluation(const Evaluated &result);
    void addDiagnosis(const Diagnosed &diagnosed);
    enum ViewCurve { Top1, Top5, Online };
    enum AccuracyCurve { Linear, Knn, OnlineProbe };
    enum SpeedCurve { Speed, LearningRate };
    void addAccuracy(AccuracyCurve curve, const Evaluated &result);

    QGridLayout *m_grid;
    int m_columns = 0;
    CurvePlot *m_loss;
    CurvePlot *m_accuracy;
    CurvePlot *m_views;
    CurvePlot *m_quality;
    CurvePlot *m_rank;
    CurvePlot *m_speed;
};

} // namespace simclr::ui
