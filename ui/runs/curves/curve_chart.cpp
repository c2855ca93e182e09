// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_chart.h"

#include "core/metrics/metric.h"
#include "core/train/loss_bounds.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/smoothing_text.h"
#include "ui/text/metric_text.h"
#include "ui/text/training_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(CurvesPanel)
};

std::optional<MetricId> knownMetric(const QString &key) {
    return MetricId::find(key.toStdString());
}

double factorOf(const QString &metric) {
    const auto known = knownMetric(metric);
    return known ? displayFactor(**known) : 1;
}

/// Follows the title; empty for values without a unit.
QString unitText(MetricKind kind) {
    switch (kind) {
    case MetricKind::Share:
        return Texts::tr(", %");
    case MetricKind::Nats:
        return Texts::tr(", nats");
    case MetricKind::Memory:
        return Texts::tr(", MiB");
    case MetricKind::Rate:
    case MetricKind::Number:
        break;
    }
    return {};
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
    style.name = Texts::tr("%1 · %2").arg(style.name, protocolTitle(protocol));
    style.markers = true;
    return style;
}

/// Metrics that share an axis differ in their dashes.
CurveStyle metricStyle(CurveStyle style, const Metric &metric, int place) {
    const QList<double> patterns[] = {{}, {4, 3}, {1.2, 2.4}, {6, 2.4, 1.2, 2.4}};
    style.name = Texts::tr("%1 · %2").arg(style.name, metricShortTitle(metric));
    style.pattern = patterns[place % 4];
    return style;
}

/// What a group's mean and its band are.
QString groupNote(const CurveSettings &settings) {
    const QString mean = settings.smoothingOfCurves().isActive()
                             ? Texts::tr("Groups: mean of their runs, each smoothed first.")
                             : Texts::tr("Groups: mean of their runs.");
    const QString band = bandText(settings.band);
    return band.isEmpty() ? mean : Texts::tr("%1 Band: %2.").arg(mean, band);
}

bool isSingle(const CurveGroup &group) {
    return group.runs.size() == 1;
}

struct Points {
    std::vector<double> xs;
    std::vector<double> ys;
};

Points accuracies(const RunRecord &run, Protocol protocol, CurveX x, const CurveLoader &loader) {
    const std::vector<MetricPoint> &steps = loader.curve({run.id, lossKey});
    Points points;
    for (const Result *result : validationResults(run, protocol)) {
        points.xs.push_back(
            placeOfEpoch(static_cast<double>(result->key.place.epoch), steps, x, originOfCurves(run)));
        points.ys.push_back(result->value * 100);
    }
    return points;
}

} // namespace

CurveChart::CurveChart(CurvePlot &plot, int index, const QStringList &metrics)
    : m_plot(plot), m_index(index), m_metrics(metrics) {
    m_plot.setSmoothedElsewhere(true);
}

void CurveChart::apply(const CurveSettings &settings, const ShownCurves &shown) {
    const bool isOther = settings.x != m_settings.x;
    m_settings = settings;
    if (isOther) {
        drop();
        m_plot.fit();
    }
    showAxes();
    m_plot.setSmoothing(showsAccuracy() ? Smoothing{} : settings.smoothingOfCurves());
    if (!m_plot.smoothing().isActive())
        for (Drawing &drawing : m_drawings)
            drawing.smoothedPoints = 0; // the plot has forgotten them
    QString note;
    if (!std::ranges::all_of(shown.groups, isSingle))
        note = groupNote(settings);
    m_plot.setNote(note);
}

void CurveChart::showAxes() {
    PlotAxes axes;
    axes.x = curveXLabel(m_settings.x);
    axes.xStyle = curveXStyle(m_settings.x);
    axes.isXLogarithmic = m_settings.isXLogarithmic && m_settings.x != CurveX::Time;
    axes.isYLogarithmic = m_settings.isYLogarithmic;
    axes.leavesOutliersOut = m_settings.leavesOutliersOut;
    QStringList titles;
    QString unit;
    for (const QString &key : std::as_const(m_metrics))
        if (const auto known = knownMetric(key)) {
            titles.append(metricTitle(**known));
            unit = unitText((*known)->kind);
            axes.leftStyle = numberStyle((*known)->kind);
            axes.leftFromZero = (*known)->startsAtZero;
        } else if (key != accuracyKey) {
            titles.append(key);
        }
    if (showsAccuracy()) {
        axes.leftStyle = NumberStyle::Percent;
        titles = {Texts::tr("Accuracy on validation images, %: linear solid, kNN dashed")};
        unit.clear();
    }
    m_plot.setAxes(axes);
    m_plot.setTitle(titles.join(QStringLiteral(", ")) + unit);
}

/// The chance level of the loss and its value for aligned, uniform z, if they are those of all runs.
void CurveChart::showReferences(const ShownCurves &shown) {
    std::optional<LossBounds> common;
    bool isFirst = true;
    for (const CurveGroup &group : shown.groups)
        for (const RunId run : group.runs) {
            const auto record = shown.records.constFind(run);
            const auto bounds =
                record == shown.records.constEnd() ? std::nullopt : lossBounds(record->config);
            common = isFirst || common == bounds ? bounds : std::nullopt;
            isFirst = false;
        }
    if (m_metrics != QStringList{lossKey})
        common.reset();
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    m_plot.setReferenceLine(Texts::tr("chance"), common ? common->chance : none);
    m_plot.setReferenceLine(Texts::tr("aligned, uniform z"), common ? common->floor : none);
}

void CurveChart::drop() {
    m_plot.removeCurves();
    m_drawings.clear();
}

std::vector<CurveChart::Drawing> CurveChart::drawings(const ShownCurves &shown) const {
    std::vector<Drawing> wanted;
    for (std::size_t i = 0; i < shown.groups.size(); ++i) {
        const int group = static_cast<int>(i);
        CurveStyle style;
        style.name = shown.labels[i];
        style.color = shown.groups[i].color;
        if (showsAccuracy()) {
            addAccuracies(wanted, shown, group, style);
            continue;
        }
        for (int place = 0; place < m_metrics.size(); ++place) {
            const auto known = knownMetric(m_metrics[place]);
            wanted.push_back({group,
                              m_metrics[place],
                              {},
                              m_metrics.size() > 1 && known ? metricStyle(style, **known, place) : style});
        }
    }
    return wanted;
}

void CurveChart::addAccuracies(std::vector<Drawing> &wanted, const ShownCurves &shown, int group,
                               const CurveStyle &style) const {
    for (const Protocol protocol : {Protocol::Linear, Protocol::Knn}) {
        const auto has = [&](RunId run) {
            const auto record = shown.records.constFind(run);
            return record != shown.records.constEnd() && !validationResults(*record, protocol).empty();
        };
        if (std::ranges::any_of(shown.groups[static_cast<std::size_t>(group)].runs, has))
            wanted.push_back({group, accuracyKey, protocol, accuracyStyle(style, protocol)});
    }
}

bool CurveChart::redraw(const ShownCurves &shown, const CurveLoader &loader) {
    const std::vector<Drawing> wanted = drawings(shown);
    const auto isSame = [](const Drawing &a, const Drawing &b) {
        return a.group == b.group && a.metric == b.metric && a.protocol == b.protocol &&
               a.style.name == b.style.name;
    };
    const bool rebuilds = !std::ranges::equal(wanted, m_drawings, isSame);
    if (rebuilds) {
        drop();
        for (const Drawing &drawing : wanted)
            m_plot.addCurve(drawing.style);
        m_drawings = wanted;
    }
    showReferences(shown);
    for (int curve = 0; curve < m_plot.curveCount(); ++curve) {
        const Drawing &drawing = m_drawings[static_cast<std::size_t>(curve)];
        if (drawing.protocol)
            drawAccuracy(curve, drawing, shown, loader);
        else if (isSingle(shown.groups[static_cast<std::size_t>(drawing.group)]))
            drawRun(curve, drawing, shown, loader);
    }
    return rebuilds;
}

/// A loaded curve only grows, until CurveLoader::forget().
void CurveChart::drawRun(int curve, const Drawing &drawing, const ShownCurves &shown,
                         const CurveLoader &loader) {
    const RunId run = shown.groups[static_cast<std::size_t>(drawing.group)].runs.front();
    const auto record = shown.records.constFind(run);
    const std::vector<MetricPoint> &points = loader.curve({run, drawing.metric});
    const auto drawn = static_cast<std::size_t>(m_plot.pointCount(curve));
    if (points.size() <= drawn || record == shown.records.constEnd())
        return;
    const CurveOrigin origin = originOfCurves(*record);
    const double factor = factorOf(drawing.metric);
    std::vector<QPointF> added;
    added.reserve(points.size() - drawn);
    for (std::size_t i = drawn; i < points.size(); ++i)
        added.emplace_back(placeOf(points[i], m_settings.x, origin), points[i].value * factor);
    m_plot.append(curve, added);
}

/// A handful of points.
void CurveChart::drawAccuracy(int curve, const Drawing &drawing, const ShownCurves &shown,
                              const CurveLoader &loader) {
    const CurveGroup &group = shown.groups[static_cast<std::size_t>(drawing.group)];
    std::vector<Points> runs;
    for (const RunId run : group.runs)
        if (const auto record = shown.records.constFind(run); record != shown.records.constEnd())
            runs.push_back(accuracies(*record, *drawing.protocol, m_settings.x, loader));
    if (isSingle(group) && !runs.empty()) {
        m_plot.setData(curve, {runs[0].xs.begin(), runs[0].xs.end()}, {runs[0].ys.begin(), runs[0].ys.end()});
        return;
    }
    std::vector<CurveView> views;
    for (const Points &points : runs)
        views.push_back({points.xs, points.ys});
    m_plot.setGroup(curve, groupCurve(views, m_settings.band));
}

MixRequest CurveChart::mixOf(std::size_t curve, const ShownCurves &shown, const CurveLoader &loader) const {
    const Drawing &drawing = m_drawings[curve];
    const CurveGroup &group = shown.groups[static_cast<std::size_t>(drawing.group)];
    MixRequest request{m_index,
                       static_cast<int>(curve),
                       {},
                       factorOf(drawing.metric),
                       m_settings.x,
                       m_settings.smoothingOfCurves(),
                       m_settings.band,
                       isSingle(group)};
    for (const RunId run : group.runs)
        if (const auto record = shown.records.constFind(run); record != shown.records.constEnd())
            request.runs.push_back({loader.shared({run, drawing.metric}), originOfCurves(*record)});
    return request;
}

std::vector<MixRequest> CurveChart::mixes(const ShownCurves &shown, const CurveLoader &loader) const {
    std::vector<MixRequest> requests;
    for (std::size_t curve = 0; curve < m_drawings.size(); ++curve) {
        const Drawing &drawing = m_drawings[curve];
        if (drawing.protocol)
            continue;
        MixRequest request = mixOf(curve, shown, loader);
        if (!request.isSingle) {
            requests.push_back(std::move(request));
            continue;
        }
        const std::size_t points = request.runs.empty() ? 0 : request.runs.front().points->size();
        const bool isDone = drawing.smoothedPoints == points && drawing.smoothing == request.smoothing;
        if (request.smoothing.isActive() && points > 0 && !isDone)
            requests.push_back(std::move(request));
    }
    return requests;
}

void CurveChart::take(const MixedCurve &mixed) {
    if (!mixed.isSingle) {
        m_plot.setGroup(mixed.curve, mixed.group, mixed.raw);
        return;
    }
    Drawing &drawing = m_drawings[static_cast<std::size_t>(mixed.curve)];
    drawing.smoothedPoints = mixed.smoothed.size();
    drawing.smoothing = mixed.smoothing;
    m_plot.setSmoothed(mixed.curve, mixed.smoothed);
}

void CurveChart::setHidden(int group, bool isHidden) {
    for (std::size_t curve = 0; curve < m_drawings.size(); ++curve)
        if (m_drawings[curve].group == group)
            m_plot.setCurveHidden(static_cast<int>(curve), isHidden);
}

/// The first curve of the group stands for it.
void CurveChart::setHighlighted(std::optional<int> group) {
    const auto found = std::ranges::find_if(
        m_drawings, [group](const Drawing &drawing) { return group && drawing.group == *group; });
    m_plot.setHighlightedCurve(found == m_drawings.end()
                                   ? std::nullopt
                                   : std::optional(static_cast<int>(found - m_drawings.begin())));
}

} // namespace simclr::ui
