// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/training_plots.h"

#include "ui/plots/curve_plot.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <cmath>
#include <map>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int spacing = 8;
constexpr int leastWidth = 180; ///< of a plot whose legend can still be read

CurvePlot *newPlot(const char *name, const QString &title, const PlotAxes &axes, const QString &empty) {
    auto *plot = new CurvePlot(title);
    plot->setObjectName(QLatin1String(name));
    plot->setAxes(axes);
    plot->setEmptyText(empty);
    return plot;
}

PlotAxes axesOver(const QString &x, NumberStyle left, bool fromZero) {
    PlotAxes axes;
    axes.x = x;
    axes.xStyle = NumberStyle::Count;
    axes.leftStyle = left;
    axes.leftFromZero = fromZero;
    return axes;
}

PlotAxes stepAxes(NumberStyle left, bool fromZero) {
    return axesOver(TrainingPlots::tr("step"), left, fromZero);
}

PlotAxes epochAxes(NumberStyle left, bool fromZero) {
    return axesOver(TrainingPlots::tr("epoch"), left, fromZero);
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

TrainingPlots::TrainingPlots(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    buildStepPlots();
    buildEpochPlots();
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(spacing);
    arrange(3);
}

void TrainingPlots::arrange(int columns) {
    if (std::exchange(m_columns, columns) == columns)
        return;
    QWidget *const plots[] = {m_loss, m_accuracy, m_views, m_quality, m_rank, m_speed};
    for (QWidget *plot : plots)
        m_grid->removeWidget(plot);
    int place = 0;
    for (QWidget *plot : plots) {
        m_grid->addWidget(plot, place / columns, place % columns);
        ++place;
    }
    for (const int i : {0, 1, 2}) {
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
        m_grid->setRowStretch(i, i < place / columns ? 1 : 0);
    }
    updateGeometry();
}

QSize TrainingPlots::minimumSizeHint() const {
    return {2 * leastWidth + spacing, QWidget::minimumSizeHint().height()};
}

void TrainingPlots::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    arrange(width() >= 3 * leastWidth + 2 * spacing ? 3 : 2);
}

void TrainingPlots::buildStepPlots() {
    m_loss = newPlot(
        "lossPlot", tr("Loss"), stepAxes(NumberStyle::General, false),
        tr("The loss of every step will run here; NT-Xent from the level of chance down towards its floor."));
    m_views = newPlot("viewsPlot", tr("On training views, %"), stepAxes(NumberStyle::Percent, true), {});
    PlotAxes speed = stepAxes(NumberStyle::Count, true);
    speed.left = tr("images/s");
    speed.right = tr("learning rate");
    m_speed = newPlot("speedPlot", tr("Speed and learning rate"), speed,
                      tr("Images a second, and the learning rate of the schedule."));
}

void TrainingPlots::buildEpochPlots() {
    m_accuracy = newPlot("accuracyPlot", {}, epochAxes(NumberStyle::Percent, false), {});
    setLabelled(true);
    m_quality =
        newPlot("qualityPlot", tr("Representation"), epochAxes(NumberStyle::General, false),
                tr("After every epoch: alignment of pairs (small is good), uniformity (small is good) "
                   "and spread of z (healthy at 1, collapsed at 0)."));
    m_rank = newPlot("rankPlot", tr("Effective rank"), epochAxes(NumberStyle::General, true),
                     tr("How many dimensions of h and of z are used, after every epoch."));
}

/// Without labels nobody can tell how often anything is right.
void TrainingPlots::setLabelled(bool labelled) {
    const QString views =
        tr("How often a view finds its partner first, or among the first five, of all views of the batch");
    m_views->setEmptyText(labelled ? tr("%1; and how often the online probe knows its class.").arg(views)
                                   : views + QLatin1Char('.'));
    m_accuracy->setTitle(labelled ? tr("Validation accuracy, %") : tr("No accuracy: no labels"));
    m_accuracy->setEmptyText(
        labelled
            ? tr("What the representation is worth: linear and kNN accuracy on the validation images, with "
                 "the random encoder at epoch 0.")
            : tr("These images have no labels, so no accuracy is measured. Loss, views and diagnostics "
                 "show how the run goes."));
}

void TrainingPlots::begin(const RunStarted &started) {
    for (CurvePlot *plot : {m_loss, m_accuracy, m_views, m_quality, m_rank, m_speed}) {
        plot->removeCurves();
        plot->fit();
    }
    addCurves(started.runId);
    m_loss->setReferenceLine(tr("chance"), started.chanceLoss);
    m_loss->setReferenceLine(tr("floor"), started.floorLoss);
}

void TrainingPlots::addCurves(qint64 run) {
    m_loss->addCurve(runStyle(tr("loss"), run));
    m_views->addCurve(runStyle(tr("top-1"), run));
    CurveStyle top5 = runStyle(tr("top-5"), run);
    top5.dashed = true;
    m_views->addCurve(top5);
    CurveStyle online;
    online.name = tr("online probe");
    online.color = [] { return theme::mutedText(); };
    m_views->addCurve(online);
    addDiagnosticCurves(run);
    CurveStyle linear = runStyle(tr("linear"), run);
    linear.markers = true;
    m_accuracy->addCurve(linear);
    CurveStyle knn = runStyle(tr("kNN"), run);
    knn.markers = true;
    knn.dashed = true;
    m_accuracy->addCurve(knn);
    CurveStyle probe;
    probe.name = tr("online probe");
    probe.color = [] { return theme::mutedText(); };
    probe.markers = true;
    probe.marker = MarkerShape::Triangle;
    m_accuracy->addCurve(probe);
    m_speed->addCurve(runStyle(tr("images/s"), run));
    CurveStyle rate;
    rate.name = tr("learning rate");
    rate.color = [] { return theme::mutedText(); };
    rate.dashed = true;
    rate.axis = CurveAxis::Right;
    m_speed->addCurve(rate);
}

void TrainingPlots::addDiagnosticCurves(qint64 run) {
    CurveStyle uniformity = runStyle(tr("uniformity"), run);
    uniformity.dashed = true;
    CurveStyle spread;
    spread.name = tr("spread");
    spread.color = [] { return theme::mutedText(); };
    m_quality->addCurve(runStyle(tr("alignment"), run));
    m_quality->addCurve(uniformity);
    m_quality->addCurve(spread);
    CurveStyle z = runStyle(tr("z"), run);
    z.dashed = true;
    m_rank->addCurve(runStyle(tr("h"), run));
    m_rank->addCurve(z);
}

void TrainingPlots::add(const TrainingUpdate &update) {
    if (m_loss->curveCount() == 0)
        return;
    addSteps(update.steps);
    for (const Evaluated &result : update.evaluations)
        addEvaluation(result);
    for (const Diagnosed &diagnosed : update.diagnoses)
        addDiagnosis(diagnosed);
}

/// An epoch that was judged before the run stopped is no second point.
void TrainingPlots::addDiagnosis(const Diagnosed &diagnosed) {
    struct Place {
        CurvePlot *plot;
        int curve;
    };
    const std::map<std::string, Place> places{{"alignment", {m_quality, 0}},
                                              {"uniformity", {m_quality, 1}},
                                              {"spread", {m_quality, 2}},
                                              {"effective_rank_h", {m_rank, 0}},
                                              {"effective_rank_z", {m_rank, 1}}};
    for (const auto &[key, value] : diagnosed.values) {
        const auto found = places.find(key);
        if (found == places.end())
            continue;
        const auto &[plot, curve] = found->second;
        const QList<QPointF> known = plot->points(curve);
        const QPointF point[] = {{diagnosed.epoch, value}};
        if (known.isEmpty() || known.last().x() < diagnosed.epoch)
            plot->append(curve, point);
    }
}

void TrainingPlots::addSteps(const std::vector<StepFinished> &steps) {
    if (steps.empty())
        return;
    m_loss->append(0, column(steps, &StepFinished::loss));
    m_views->append(Top1, column(steps, &StepFinished::contrastiveTop1, 100));
    m_views->append(Top5, column(steps, &StepFinished::contrastiveTop5, 100));
    if (!std::isnan(steps.front().onlineTop1)) // without labels there is no probe
        m_views->append(Online, column(steps, &StepFinished::onlineTop1, 100));
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
    else if (result.protocol == "online")
        addAccuracy(OnlineProbe, result);
}

/// A run that goes on may evaluate again where it had stopped; that is no second point.
void TrainingPlots::addAccuracy(AccuracyCurve curve, const Evaluated &result) {
    const QList<QPointF> known = m_accuracy->points(curve);
    const QPointF point[] = {{static_cast<double>(result.epoch), result.value * 100}};
    if (known.isEmpty() || known.last().x() < point[0].x())
        m_accuracy->append(curve, point);
}

} // namespace simclr::ui
