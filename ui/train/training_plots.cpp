// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/training_plots.h"

#include "ui/plots/curve_plot.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>

namespace simclr::ui {

namespace {

CurvePlot *newPlot(const char *name, const QString &title, const PlotAxes &axes, const QString &empty) {
    auto *plot = new CurvePlot(title);
    plot->setObjectName(QLatin1String(name));
    plot->setAxes(axes);
    plot->setEmptyText(empty);
    return plot;
}

PlotAxes stepAxes(NumberStyle left, bool fromZero) {
    PlotAxes axes;
    axes.x = TrainingPlots::tr("step");
    axes.xStyle = NumberStyle::Count;
    axes.leftStyle = left;
    axes.leftFromZero = fromZero;
    return axes;
}

CurveStyle runStyle(const QString &name, qint64 run) {
    CurveStyle style;
    style.name = name;
    style.color = [run] { return theme::runColor(run); };
    return style;
}

template <typename Member>
std::vector<QPointF> column(const std::vector<StepFinished> &steps, Member member, double factor = 1) {
    std::vector<QPointF> points;
    points.reserve(steps.size());
    for (const StepFinished &step : steps)
        points.emplace_back(static_cast<double>(step.step), step.*member * factor);
    return points;
}

} // namespace

TrainingPlots::TrainingPlots(QWidget *parent) : QWidget(parent) {
    PlotAxes accuracy;
    accuracy.x = tr("epoch");
    accuracy.xStyle = NumberStyle::Count;
    accuracy.leftStyle = NumberStyle::Percent;
    PlotAxes speed = stepAxes(NumberStyle::Count, true);
    speed.left = tr("images/s");
    speed.right = tr("learning rate");

    m_loss = newPlot(
        "lossPlot", tr("Loss"), stepAxes(NumberStyle::General, false),
        tr("The loss of every step will run here; NT-Xent from the level of chance down towards its floor."));
    m_accuracy =
        newPlot("accuracyPlot", tr("Validation accuracy, %"), accuracy,
                tr("What the representation is worth: linear and kNN accuracy on the validation images, with "
                   "the random encoder at epoch 0."));
    m_contrastive =
        newPlot("contrastivePlot", tr("Contrastive top-1, %"), stepAxes(NumberStyle::Percent, true),
                tr("How often a view finds its partner among all views of the batch."));
    m_speed = newPlot("speedPlot", tr("Speed and learning rate"), speed,
                      tr("Images a second, and the learning rate of the schedule."));

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    grid->addWidget(m_loss, 0, 0);
    grid->addWidget(m_accuracy, 0, 1);
    grid->addWidget(m_contrastive, 1, 0);
    grid->addWidget(m_speed, 1, 1);
    for (const int i : {0, 1}) {
        grid->setColumnStretch(i, 1);
        grid->setRowStretch(i, 1);
    }
}

void TrainingPlots::begin(const RunStarted &started) {
    for (CurvePlot *plot : {m_loss, m_accuracy, m_contrastive, m_speed}) {
        plot->removeCurves();
        plot->fit();
    }
    addCurves(started.runId);
    m_loss->setReferenceLine(tr("chance"), started.chanceLoss);
    m_loss->setReferenceLine(tr("floor"), started.floorLoss);
}

void TrainingPlots::addCurves(qint64 run) {
    m_loss->addCurve(runStyle(tr("loss"), run));
    m_contrastive->addCurve(runStyle(tr("top-1"), run));
    CurveStyle linear = runStyle(tr("linear"), run);
    linear.markers = true;
    m_accuracy->addCurve(linear);
    CurveStyle knn = runStyle(tr("kNN"), run);
    knn.markers = true;
    knn.dashed = true;
    m_accuracy->addCurve(knn);
    m_speed->addCurve(runStyle(tr("images/s"), run));
    CurveStyle rate;
    rate.name = tr("learning rate");
    rate.color = [] { return theme::mutedText(); };
    rate.dashed = true;
    rate.axis = CurveAxis::Right;
    m_speed->addCurve(rate);
}

void TrainingPlots::add(const TrainingUpdate &update) {
    if (m_loss->curveCount() == 0)
        return;
    addSteps(update.steps);
    for (const Evaluated &result : update.evaluations)
        addEvaluation(result);
}

void TrainingPlots::addSteps(const std::vector<StepFinished> &steps) {
    if (steps.empty())
        return;
    m_loss->append(0, column(steps, &StepFinished::loss));
    m_contrastive->append(0, column(steps, &StepFinished::contrastiveTop1, 100));
    m_speed->append(Speed, column(steps, &StepFinished::imagesPerSecond));
    m_speed->append(LearningRate, column(steps, &StepFinished::learningRate));
}

void TrainingPlots::addEvaluation(const Evaluated &result) {
    if (result.split != "validation")
        return; // test accuracies stand in the log and the headline: unlike splits do not share an axis
    if (result.protocol == "linear")
        addAccuracy(Linear, result);
    else if (result.protocol == "knn")
        addAccuracy(Knn, result);
}

/// A run that goes on may evaluate again where it had stopped; that is no second point.
void TrainingPlots::addAccuracy(AccuracyCurve curve, const Evaluated &result) {
    const QList<QPointF> known = m_accuracy->points(curve);
    const QPointF point[] = {{static_cast<double>(result.epoch), result.value * 100}};
    if (known.isEmpty() || known.last().x() < point[0].x())
        m_accuracy->append(curve, point);
}

} // namespace simclr::ui
