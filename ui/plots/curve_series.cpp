// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_series.h"

#include "ui/plots/line_sample.h"
#include "ui/plots/qcustomplot.h"

#include <algorithm>
#include <limits>

namespace simclr::ui {

namespace {

/// Curves with at least this many points use the thin, aliased pen, which Qt paints fastest.
constexpr int manyPoints = 20'000;

QList<QPointF> pointsOf(const QCPGraph &graph) {
    QList<QPointF> result;
    result.reserve(graph.data()->size());
    for (const QCPGraphData &point : *graph.data())
        result.append(QPointF(point.key, point.value));
    return result;
}

QCPScatterStyle scatterStyle(MarkerShape shape, const QColor &color) {
    switch (shape) {
    case MarkerShape::Square:
        return {QCPScatterStyle::ssSquare, QPen(color, 1.4), QBrush(Qt::NoBrush), 7};
    case MarkerShape::Triangle:
        return {QCPScatterStyle::ssTriangle, QPen(color), QBrush(color), 7};
    case MarkerShape::Disc:
        break;
    }
    return {QCPScatterStyle::ssDisc, QPen(color), QBrush(color), 5};
}

} // namespace

CurveSeries::CurveSeries(QCustomPlot &canvas, const CurveStyle &style, double smoothing)
    : m_canvas(canvas), m_style(style), m_raw(&addGraph()) {
    setSmoothing(smoothing);
}

QCPGraph &CurveSeries::addGraph() const {
    const bool right = m_style.axis == CurveAxis::Right;
    QCPGraph *graph = m_canvas.addGraph(m_canvas.xAxis, right ? m_canvas.yAxis2 : m_canvas.yAxis);
    graph->setAdaptiveSampling(true);
    graph->removeFromLegend();
    return *graph;
}

void CurveSeries::assign(const QList<double> &xs, const QList<double> &ys) {
    QVector<QCPGraphData> points;
    points.reserve(xs.size());
    m_bounds.reset();
    for (qsizetype i = 0; i < xs.size(); ++i) {
        points.append(QCPGraphData(xs[i], ys[i]));
        extendBounds(xs[i], ys[i]);
    }
    m_raw->data()->set(points, true);
    smoothAll();
    applyLook();
}

void CurveSeries::append(std::span<const QPointF> points) {
    const bool wasFew = m_raw->data()->size() < manyPoints;
    const bool wasOne = m_raw->data()->size() < 2;
    for (const QPointF &point : points) {
        m_raw->data()->add(QCPGraphData(point.x(), point.y()));
        extendBounds(point.x(), point.y());
        if (m_smooth != nullptr)
            m_smooth->data()->add(QCPGraphData(point.x(), m_smoother.next(point.y())));
    }
    if (wasOne || wasFew != (m_raw->data()->size() < manyPoints))
        applyLook();
}

void CurveSeries::setSmoothing(double weight) {
    m_smoother = ExponentialSmoother(weight);
    if (weight > 0 && m_smooth == nullptr) {
        m_smooth = &addGraph();
    } else if (weight <= 0 && m_smooth != nullptr) {
        m_canvas.removeGraph(m_smooth);
        m_smooth = nullptr;
    }
    smoothAll();
    applyLook();
}

void CurveSeries::smoothAll() {
    m_smoother = ExponentialSmoother(m_smoother.weight());
    if (m_smooth == nullptr)
        return;
    QVector<QCPGraphData> points;
    points.reserve(m_raw->data()->size());
    for (const QCPGraphData &point : *m_raw->data())
        points.append(QCPGraphData(point.key, m_smoother.next(point.value)));
    m_smooth->data()->set(points, true);
}

void CurveSeries::applyLook() {
    styleGraph(*m_raw, m_smooth != nullptr);
    if (m_smooth != nullptr)
        styleGraph(*m_smooth, false);
}

void CurveSeries::styleGraph(QCPGraph &graph, bool faint) const {
    const bool many = graph.data()->size() >= manyPoints;
    QColor color = m_style.color();
    if (faint)
        color.setAlpha(many ? 90 : 70);
    QPen pen(color, many || faint ? 1.0 : 1.6);
    pen.setJoinStyle(Qt::RoundJoin);
    if (m_style.dashed && !faint)
        pen.setDashPattern({4, 3});
    graph.setAntialiased(!many);
    graph.setPen(pen);
    const bool isDot = m_style.markers || graph.data()->size() == 1; // a line of one point would be invisible
    graph.setScatterStyle(isDot ? scatterStyle(markerShapeOf(m_style), color) : QCPScatterStyle());
}

void CurveSeries::removeGraphs() {
    if (m_smooth != nullptr)
        m_canvas.removeGraph(m_smooth);
    m_canvas.removeGraph(m_raw);
}

qsizetype CurveSeries::size() const {
    return m_raw->data()->size();
}

bool CurveSeries::isEmpty() const {
    return m_raw->data()->isEmpty();
}

QList<QPointF> CurveSeries::points() const {
    return pointsOf(*m_raw);
}

QList<QPointF> CurveSeries::drawnPoints() const {
    return pointsOf(mainGraph());
}

qsizetype CurveSeries::nearestIndex(double x) const {
    const QCPGraphDataContainer &data = *mainGraph().data();
    auto right = std::lower_bound(data.constBegin(), data.constEnd(), x,
                                  [](const QCPGraphData &point, double key) { return point.key < key; });
    if (right == data.constEnd() || (right != data.constBegin() && x - (right - 1)->key < right->key - x))
        --right;
    return right - data.constBegin();
}

std::optional<QPointF> CurveSeries::nearest(double x) const {
    if (isEmpty())
        return std::nullopt;
    const auto point = mainGraph().data()->constBegin() + nearestIndex(x);
    return QPointF(point->key, point->value);
}

double CurveSeries::spacingAt(double x) const {
    double spacing = std::numeric_limits<double>::infinity();
    if (isEmpty())
        return spacing;
    const auto first = mainGraph().data()->constBegin();
    const auto point = first + nearestIndex(x);
    if (point != first)
        spacing = point->key - (point - 1)->key;
    if (point + 1 != mainGraph().data()->constEnd())
        spacing = std::min(spacing, (point + 1)->key - point->key);
    return spacing;
}

void CurveSeries::extendBounds(double x, double y) {
    if (!std::isfinite(x) || !std::isfinite(y))
        return;
    if (!m_bounds)
        m_bounds = QRectF(x, y, 0, 0);
    m_bounds->setCoords(std::min(m_bounds->left(), x), std::min(m_bounds->top(), y),
                        std::max(m_bounds->right(), x), std::max(m_bounds->bottom(), y));
}

} // namespace simclr::ui
