// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "ui/workspace/training_session.h"

#include <QWidget>

namespace simclr::ui {

class CurvePlot;

/// The four plots of a run under way: loss, accuracies by protocol, contrastive top-1, speed and learning
/// rate. Owned by the TrainPage.
class TrainingPlots : public QWidget {
    Q_OBJECT
  public:
    explicit TrainingPlots(QWidget *parent = nullptr);

    /// Empties the plots for a run and draws its reference lines.
    void begin(const RunStarted &started);
    void add(const TrainingUpdate &update);

  private:
    void addCurves(qint64 run);
    void addSteps(const std::vector<StepFinished> &steps);
    void addEvaluation(const Evaluated &result);
    enum AccuracyCurve { Linear, Knn };
    enum SpeedCurve { Speed, LearningRate };
    void addAccuracy(AccuracyCurve curve, const Evaluated &result);

    CurvePlot *m_loss;
    CurvePlot *m_accuracy;
    CurvePlot *m_contrastive;
    CurvePlot *m_speed;
};

} // namespace simclr::ui
