// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/training_plots.h"

#include "ui/plots/curve_plot.h"
#include "ui/text/metric_text.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int spacing = 8;
constexpr int leastWidth = 180; ///< of a plot with a legible legend
constexpr int comfortableWidth = 240;

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

CurveStyle metricStyle(const Metric &metric, qint64 run) {
    CurveStyle style = runStyle(metricShortTitle(metric), run);
    if (metric.look == CurveLook::Muted || metric.isOnRightAxis)
        style.color = [] { return theme::mutedText(); };
    style.dashed = metric.look == CurveLook::Dashed;
    style.axis = metric.isOnRightAxis ? CurveAxis::Right : CurveAxis::Left;
    return style;
}

/// Title and unit of an axis, for plots with two of them.
QString axisTitle(const Metric &metric) {
    const QString title = metricShortTitle(metric);
    if (metric.kind == MetricKind::Share)
        return TrainingPlots::tr("%1, %").arg(title);
    return metric.kind == MetricKind::Memory ? TrainingPlots::tr("%1, MiB").arg(title) : title;
}

/// The axes of a plot. Its first metric on the left sets the style of that axis.
PlotAxes axesOf(MetricPlot plot) {
    PlotAxes axes;
    const Metric *left = nullptr;
    const Metric *right = nullptr;
    for (const Metric &metric : allMetrics)
        if (const Metric *&axis = metric.isOnRightAxis ? right : left; metric.plot == plot && axis == nullptr)
            axis = &metric;
    if (left != nullptr)
        axes = left->measured == Measured::EveryStep ? stepAxes(numberStyle(left->kind), left->startsAtZero)
                                                     : epochAxes(numberStyle(left->kind), left->startsAtZero);
    if (left != nullptr && right != nullptr) {
        axes.left = axisTitle(*left);
        axes.right = axisTitle(*right);
    }
    return axes;
}

/// The values of one metric over steps or epochs, without events that lack it.
template <typename Event, typename PlaceOf>
std::vector<QPointF> column(const std::vector<Event> &events, MetricId metric, PlaceOf placeOf) {
    std::vector<QPointF> points;
    points.reserve(events.size());
    for (const Event &event : events)
        if (event.values.has(metric))
            points.emplace_back(placeOf(event), event.values[metric] * displayFactor(*metric));
    return points;
}

/// A plot without news is not repainted.
void append(CurvePlot &plot, int curve, const std::vector<QPointF> &points) {
    if (!points.empty())
        plot.append(curve, points);
}

} // namespace

TrainingPlots::TrainingPlots(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    buildPlots();
    setLabelled(true);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(spacing);
    arrange(3);
}

void TrainingPlots::buildPlots() {
    const auto add = [this](MetricPlot plot, const char *name, const QString &title, const QString &empty) {
        m_plots[plot] = newPlot(name, title, axesOf(plot), empty);
        m_inOrder.append(m_plots[plot]);
    };
    add(MetricPlot::Loss, "lossPlot", tr("Loss"),
        tr("Training loss per step. NT-Xent starts near ln(2N − 1), the value for random projections, and "
           "falls towards the value for identical pairs with z uniform on the sphere; a run can end a little "
           "below."));
    m_accuracy = newPlot("accuracyPlot", {}, epochAxes(NumberStyle::Percent, false), {});
    m_inOrder.append(m_accuracy);
    add(MetricPlot::Views, "viewsPlot", tr("On training views, %"), {});
    add(MetricPlot::Representation, "qualityPlot", tr("Representation"),
        tr("After every epoch: alignment of pairs (lower is better), uniformity (lower is better) and spread "
           "of z (healthy at 1, collapsed at 0)."));
    add(MetricPlot::Rank, "rankPlot", tr("Effective rank"),
        tr("Number of dimensions of h and of z in use, after every epoch."));
    add(MetricPlot::Speed, "speedPlot", tr("Speed and learning rate"),
        tr("Images per second, and the learning rate of the schedule."));
    add(MetricPlot::Norms, "normsPlot", tr("Norms of gradients and weights"),
        tr("Norm of the gradients before clipping, and of the weights, per step."));
    add(MetricPlot::Machine, "machinePlot", tr("Waiting for data, memory"),
        tr("Share of time that training waits for views, and memory in use."));
}

void TrainingPlots::arrange(int columns) {
    if (std::exchange(m_columns, columns) == columns)
        return;
    for (CurvePlot *plot : std::as_const(m_inOrder))
        m_grid->removeWidget(plot);
    const int count = static_cast<int>(m_inOrder.size());
    for (int place = 0; place < count; ++place)
        m_grid->addWidget(m_inOrder[place], place / columns, place % columns);
    for (int i = 0; i < count; ++i) {
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
        m_grid->setRowStretch(i, i < (count + columns - 1) / columns ? 1 : 0);
    }
    updateGeometry();
}

QSize TrainingPlots::minimumSizeHint() const {
    return {2 * leastWidth + spacing, QWidget::minimumSizeHint().height()};
}

void TrainingPlots::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    const auto fits = [this](int columns, int least) {
        return width() >= columns * least + (columns - 1) * spacing;
    };
    arrange(fits(4, comfortableWidth) ? 4 : fits(3, leastWidth) ? 3 : 2);
}

/// Accuracies need labels.
void TrainingPlots::setLabelled(bool labelled) {
    const QString views = tr(
        "How often the positive of a view ranks first, or among the first five, of all views of the batch");
    m_plots[MetricPlot::Views]->setEmptyText(
        labelled ? tr("%1; and the accuracy of the online probe.").arg(views) : views + QLatin1Char('.'));
    m_accuracy->setTitle(labelled ? tr("Validation accuracy, %") : tr("No accuracy: no labels"));
    m_accuracy->setEmptyText(
        labelled
            ? tr("Quality of the representation: linear and kNN accuracy on the validation images; epoch 0 "
                 "is the random encoder.")
            : tr("These images have no labels, so no accuracy is measured. Loss, views and diagnostics "
                 "show the progress of the run."));
}

void TrainingPlots::begin(const RunStarted &started) {
    for (CurvePlot *plot : std::as_const(m_inOrder)) {
        plot->removeCurves();
        plot->fit();
    }
    addCurves(started.runId);
    CurvePlot *loss = m_plots[MetricPlot::Loss];
    loss->setReferenceLine(tr("chance"), started.chanceLoss);
    loss->setReferenceLine(tr("aligned, uniform z"), started.floorLoss);
}

void TrainingPlots::addCurves(qint64 run) {
    for (std::size_t i = 0; i < allMetrics.size(); ++i)
        m_curves[i] = m_plots[allMetrics[i].plot]->addCurve(metricStyle(allMetrics[i], run));
    addAccuracyCurves(run);
}

void TrainingPlots::addAccuracyCurves(qint64 run) {
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
}

void TrainingPlots::add(const TrainingUpdate &update) {
    if (m_accuracy->curveCount() == 0)
        return;
    for (std::size_t i = 0; i < allMetrics.size(); ++i)
        addMetric(MetricId::at(i), update);
    for (const Evaluated &evaluated : update.evaluations)
        addEvaluation(evaluated.result);
}

void TrainingPlots::addMetric(MetricId metric, const TrainingUpdate &update) {
    CurvePlot *plot = m_plots[metric->plot];
    const int curve = m_curves[metric.index()];
    if (metric->measured == Measured::EveryStep)
        return append(*plot, curve, column(update.steps, metric, [](const StepFinished &step) {
            return static_cast<double>(step.step);
        }));
    // An epoch that was already diagnosed before the run stopped gives no second point.
    for (const QPointF &point :
         column(update.diagnoses, metric, [](const Diagnosed &each) { return each.epoch; })) {
        const QList<QPointF> known = plot->points(curve);
        if (known.isEmpty() || known.last().x() < point.x())
            plot->append(curve, {&point, 1});
    }
}

void TrainingPlots::addEvaluation(const Result &result) {
    if (result.key.split != Split::Validation)
        return; // test accuracies are in the log and the headline: different splits do not share an axis
    switch (result.key.protocol) {
    case Protocol::Linear:
        return addAccuracy(Linear, result);
    case Protocol::Knn:
        return addAccuracy(Knn, result);
    case Protocol::Online:
        return addAccuracy(OnlineProbe, result);
    default:
        return; // not measured during training
    }
}

/// A resumed run may evaluate again at the epoch where it stopped; that gives no second point.
void TrainingPlots::addAccuracy(AccuracyCurve curve, const Result &result) {
    const QList<QPointF> known = m_accuracy->points(curve);
    const QPointF point[] = {{static_cast<double>(result.key.place.epoch), result.value * 100}};
    if (known.isEmpty() || known.last().x() < point[0].x())
        m_accuracy->append(curve, point);
}

} // namespace simclr::ui
