// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"
#include "ui/plots/smoothing.h"

#include <QList>
#include <QPointF>
#include <QRectF>
#include <optional>
#include <span>

class QCPGraph;
class QCustomPlot;

namespace simclr::ui {

/// One curve of a CurvePlot: the graph of its points and, if smoothing is on, the graph of the smoothed
/// points over it. The canvas owns the graphs. UI thread only.
class CurveSeries {
  public:
    CurveSeries(QCustomPlot &canvas, const CurveStyle &style, double smoothing);

    const CurveStyle &style() const { return m_style; }
    void assign(const QList<double> &xs, const QList<double> &ys);
    void append(std::span<const QPointF> points);
    void setSmoothing(double weight);
    /// Updates colours and pens to the current palette.
    void applyLook();
    void removeGraphs();

    qsizetype size() const;
    bool isEmpty() const;
    QList<QPointF> points() const;
    QList<QPointF> drawnPoints() const;
    /// The box around all finite points, updated with each point; nothing if there are none.
    const std::optional<QRectF> &bounds() const { return m_bounds; }
    /// The point whose x is nearest, with the y of the main line.
    std::optional<QPointF> nearest(double x) const;
    /// Distance in x from the point nearest to `x` to its closer neighbour; infinity if there is none.
    double spacingAt(double x) const;

  private:
    QCPGraph &addGraph() const;
    qsizetype nearestIndex(double x) const;
    QCPGraph &mainGraph() const { return m_smooth != nullptr ? *m_smooth : *m_raw; }
    void extendBounds(double x, double y);
    void smoothAll();
    void styleGraph(QCPGraph &graph, bool faint) const;

    QCustomPlot &m_canvas;
    CurveStyle m_style;
    ExponentialSmoother m_smoother;
    QCPGraph *m_raw;
    QCPGraph *m_smooth = nullptr;
    std::optional<QRectF> m_bounds;
};

} // namespace simclr::ui
