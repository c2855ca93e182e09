// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curves_panel.h"

#include "ui/plots/curve_plot.h"
#include "ui/text/metric_text.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

const QString accuracyKey = QStringLiteral("accuracy");
/// Every run has this curve; it also gives the step and time of an epoch.
const QString lossKey = QStringLiteral("loss");
constexpr int smoothingSteps = 20;

/// Most of the useful weights are close to 1.
double weightOf(int sliderPosition) {
    const double share = static_cast<double>(sliderPosition) / smoothingSteps;
    return share <= 0 ? 0 : 1 - std::pow(10.0, -3 * share * 0.9 - 0.15);
}

std::vector<const Result *> validationResults(const RunRecord &run, Protocol protocol) {
    std::vector<const Result *> results;
    for (const Result &result : run.results)
        if (result.key.protocol == protocol && result.key.split == Split::Validation && result.key.isPlain())
            results.push_back(&result);
    std::ranges::stable_sort(results, {}, [](const Result *result) { return result->key.place.epoch; });
    return results;
}

/// The title of the plot distinguishes the protocols, so that the legend names each run once.
CurveStyle accuracyStyle(CurveStyle style, Protocol protocol) {
    style.dashed = protocol == Protocol::Knn;
    style.legend = style.dashed ? QString() : style.name;
    style.name = CurvesPanel::tr("%1 · %2").arg(style.name, protocolTitle(protocol));
    style.markers = true;
    return style;
}

bool hasNoLabels(const RunRecord &run) {
    return run.dataset.classes == 0;
}

/// The metric with this key; empty for accuracies, and for metrics of other versions.
std::optional<MetricId> knownMetric(const QString &key) {
    return MetricId::find(key.toStdString());
}

/// Follows the title; empty for values without a unit.
QString unitText(MetricKind kind) {
    switch (kind) {
    case MetricKind::Share:
        return CurvesPanel::tr(", %");
    case MetricKind::Nats:
        return CurvesPanel::tr(", nats");
    case MetricKind::Memory:
        return CurvesPanel::tr(", MiB");
    case MetricKind::Rate:
    case MetricKind::Number:
        break;
    }
    return {};
}

} // namespace

CurvesPanel::CurvesPanel(std::filesystem::path database, QWidget *parent)
    : QWidget(parent),
      m_loader(std::move(database)),
      m_metric(new QComboBox(this)),
      m_x(new QComboBox(this)),
      m_smoothing(new QSlider(Qt::Horizontal, this)),
      m_smoothingText(mutedLabel({}, this)),
      m_notDrawn(mutedLabel({}, this)),
      m_plot(new CurvePlot({}, this)) {
    m_plot->setObjectName(QStringLiteral("runCurves"));
    updateEmptyText();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(buildControls());
    layout->addWidget(m_plot, 1);
    connect(&m_loader, &CurveLoader::loaded, this, &CurvesPanel::redraw);
    connect(&m_loader, &CurveLoader::failed, this, &CurvesPanel::failed);
    updateSmoothing();
    chooseMetric();
}

void CurvesPanel::fillMetrics() {
    m_metric->setObjectName(QStringLiteral("metricChooser"));
    m_metric->setToolTip(tr("Metric of the curves"));
    m_metric->setAccessibleName(tr("Metric"));
    for (const Metric &metric : allMetrics) {
        m_metric->addItem(metricTitle(metric), QString::fromUtf8(metric.id.data(), metric.id.size()));
        m_metric->setItemData(m_metric->count() - 1, plainToolTip(metricHelp(metric)), Qt::ToolTipRole);
        if (&metric == &allMetrics.front()) // the loss; the two are used most
            m_metric->addItem(tr("Validation accuracy"), accuracyKey);
    }
}

void CurvesPanel::setUpSmoothing() {
    m_smoothing->setObjectName(QStringLiteral("smoothing"));
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_smoothing->setToolTip(
        tr("Exponential smoothing over all points of a curve; the raw curve remains visible"));
    m_smoothing->setRange(0, smoothingSteps);
    m_smoothing->setFixedWidth(140);
    m_notDrawn->setObjectName(QStringLiteral("notDrawn"));
    m_smoothingText->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.9999")));
}

QWidget *CurvesPanel::buildControls() {
    auto *bar = new QWidget(this);
    fillMetrics();
    setUpSmoothing();
    m_x->setObjectName(QStringLiteral("xChooser"));
    m_x->setToolTip(tr("Horizontal axis of the curves"));
    m_x->setAccessibleName(tr("Horizontal axis"));
    m_x->addItem(tr("step"), Step);
    m_x->addItem(tr("epoch"), Epoch);
    m_x->addItem(tr("time"), Time);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_metric);
    row->addWidget(mutedLabel(tr("over"), bar));
    row->addWidget(m_x);
    row->addSpacing(12);
    row->addWidget(mutedLabel(tr("Smoothing"), bar));
    row->addWidget(m_smoothing);
    row->addWidget(m_smoothingText);
    row->addStretch(1);
    row->addWidget(m_notDrawn);
    connect(m_metric, &QComboBox::currentIndexChanged, this, &CurvesPanel::chooseMetric);
    connect(m_x, &QComboBox::currentIndexChanged, this, &CurvesPanel::chooseMetric);
    connect(m_smoothing, &QSlider::valueChanged, this, &CurvesPanel::updateSmoothing);
    return bar;
}

void CurvesPanel::updateSmoothing() {
    const double weight = weightOf(m_smoothing->value());
    m_smoothingText->setText(weight > 0 ? QLocale().toString(weight, 'f', 3) : tr("off"));
    m_plot->setSmoothing(showsAccuracy() ? 0 : weight);
}

void CurvesPanel::chooseMetric() {
    PlotAxes axes;
    const QString xLabels[] = {tr("step"), tr("epoch"), tr("minutes since the start")};
    axes.x = xLabels[xAxis()];
    axes.xStyle = xAxis() == Step ? NumberStyle::Count : NumberStyle::General;
    QString title = m_metric->currentText();
    if (showsAccuracy()) {
        axes.leftStyle = NumberStyle::Percent;
        axes.leftFromZero = false;
        title = tr("Accuracy on validation images, %: linear solid, kNN dashed");
    } else if (const auto known = knownMetric(metric())) {
        axes.leftStyle = numberStyle((*known)->kind);
        axes.leftFromZero = (*known)->startsAtZero;
        title += unitText((*known)->kind);
    }
    m_plot->setAxes(axes);
    m_plot->setTitle(title);
    m_smoothing->setEnabled(!showsAccuracy()); // a few evaluations need no smoothing
    updateSmoothing();
    updateEmptyText();
    m_plot->fit();
    dropCurves(); // another axis or metric
    request();
    redraw();
}

void CurvesPanel::setRuns(const std::vector<RunRecord> &runs, std::size_t selected) {
    m_notDrawn->setText(
        selected > runs.size()
            ? tr("the first %1 of %2 selected runs").arg(countText(runs.size()), countText(selected))
            : QString());
    const auto id = [](const RunRecord &run) { return run.id; };
    if (!std::ranges::equal(runs, m_runs, {}, id, id))
        m_plot->fit();
    m_runs = runs;
    updateEmptyText();
    request();
    redraw();
}

void CurvesPanel::updateEmptyText() {
    if (m_runs.empty())
        m_plot->setEmptyText(
            tr("Select runs above to see their curves here; Ctrl and Shift select several."));
    else if (showsAccuracy() && std::ranges::all_of(m_runs, hasNoLabels))
        m_plot->setEmptyText(m_runs.size() == 1
                                 ? tr("The images of this run have no labels, so it has no accuracy.")
                                 : tr("The images of these runs have no labels, so they have no accuracy."));
    else if (m_runs.size() == 1)
        m_plot->setEmptyText(tr("This metric was not recorded for the selected run."));
    else
        m_plot->setEmptyText(tr("This metric was not recorded for the selected runs."));
}

void CurvesPanel::request() {
    QList<CurveLoader::Key> keys;
    for (const RunRecord &run : m_runs)
        keys.append({run.id, showsAccuracy() ? lossKey : metric()});
    m_loader.request(keys);
}

void CurvesPanel::forget(RunId run) {
    m_loader.forget(run);
    dropCurves(); // the new curve does not extend the drawn one
    request();
    redraw();
}

void CurvesPanel::dropCurves() {
    m_plot->removeCurves();
    m_shown.clear();
}

struct CurvesPanel::Drawing {
    const RunRecord *run = nullptr;
    std::optional<Protocol> protocol; ///< nothing: a metric
    CurveStyle style;
};

std::vector<CurvesPanel::Drawing> CurvesPanel::drawings() const {
    std::vector<Drawing> wanted;
    for (const RunRecord &run : m_runs) {
        CurveStyle style;
        style.name = runTitle(run);
        style.color = [id = run.id] { return theme::runColor(id); };
        if (!showsAccuracy()) {
            wanted.push_back({&run, {}, style});
            continue;
        }
        for (const Protocol protocol : {Protocol::Linear, Protocol::Knn})
            if (!validationResults(run, protocol).empty())
                wanted.push_back({&run, protocol, accuracyStyle(style, protocol)});
    }
    return wanted;
}

void CurvesPanel::redraw() {
    const std::vector<Drawing> wanted = drawings();
    std::vector<QString> keys;
    for (const Drawing &drawing : wanted)
        keys.push_back(QString::number(drawing.run->id) + QLatin1Char(' ') + drawing.style.name);
    if (keys != m_shown) {
        dropCurves();
        for (const Drawing &drawing : wanted)
            m_plot->addCurve(drawing.style);
        m_shown = keys;
    }
    for (int curve = 0; curve < m_plot->curveCount(); ++curve) {
        const Drawing &drawing = wanted[static_cast<std::size_t>(curve)];
        if (!drawing.protocol)
            drawMetric(curve, *drawing.run);
        else
            drawAccuracy(curve, *drawing.run, *drawing.protocol);
    }
}

/// A loaded curve only grows, until forget().
void CurvesPanel::drawMetric(int curve, const RunRecord &run) {
    const std::vector<MetricPoint> &points = m_loader.curve({run.id, metric()});
    const auto drawn = static_cast<std::size_t>(m_plot->pointCount(curve));
    if (points.size() <= drawn)
        return;
    const auto known = knownMetric(metric());
    const double factor = known ? displayFactor(**known) : 1;
    std::vector<QPointF> added;
    added.reserve(points.size() - drawn);
    for (std::size_t i = drawn; i < points.size(); ++i)
        added.emplace_back(xOf(run, points[i]), points[i].value * factor);
    m_plot->append(curve, added);
}

void CurvesPanel::drawAccuracy(int curve, const RunRecord &run, Protocol protocol) {
    QList<double> xs;
    QList<double> ys;
    for (const Result *result : validationResults(run, protocol)) {
        xs.append(xOfEpoch(run, static_cast<double>(result->key.place.epoch)));
        ys.append(result->value * 100);
    }
    m_plot->setData(curve, xs, ys); // a handful of points
}

double CurvesPanel::xOf(const RunRecord &run, const MetricPoint &point) const {
    switch (xAxis()) {
    case Epoch:
        return point.epoch;
    case Time:
        return (point.time - run.created) / 60;
    case Step:
        break;
    }
    return static_cast<double>(point.step);
}

double CurvesPanel::xOfEpoch(const RunRecord &run, double epoch) const {
    if (xAxis() == Epoch || epoch <= 0)
        return std::max(0.0, epoch);
    const std::vector<MetricPoint> &steps = m_loader.curve({run.id, lossKey});
    const auto after = std::ranges::upper_bound(steps, epoch + 1e-9, {}, &MetricPoint::epoch);
    return after == steps.begin() ? 0 : xOf(run, *(after - 1));
}

CurvesPanel::XAxis CurvesPanel::xAxis() const {
    return static_cast<XAxis>(m_x->currentData().toInt());
}

QString CurvesPanel::metric() const {
    return m_metric->currentData().toString();
}

bool CurvesPanel::showsAccuracy() const {
    return metric() == accuracyKey;
}

} // namespace simclr::ui
