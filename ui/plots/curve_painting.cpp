// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_painting.h"

#include "ui/plots/line_sample.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

/// The parts of a line between its gaps, in pixels.
std::vector<QPolygonF> partsOf(const CurveSeries &series, const CurveLine &line, const PlotScales &scales) {
    const std::span<const double> ys = line.shown();
    const RowScale &rows = scales.of(series.style().axis);
    std::vector<QPolygonF> parts(1);
    for (const std::size_t i : pointsToDraw({series.xs(), ys}, scales.columns, scales.x.low, scales.x.high)) {
        const double x = scales.pixel(series.xs()[i]);
        if (std::isfinite(ys[i]) && std::isfinite(x))
            parts.back().append(QPointF(x, rows.row(ys[i])));
        else if (!parts.back().isEmpty())
            parts.emplace_back();
    }
    return parts;
}

} // namespace

VisiblePoints visiblePoints(const CurveSeries &series, const Extremes &x) {
    const std::span<const double> xs = series.xs();
    const auto begin = static_cast<std::size_t>(std::ranges::lower_bound(xs, x.low) - xs.begin());
    const auto end = static_cast<std::size_t>(std::ranges::upper_bound(xs, x.high) - xs.begin());
    return {begin > 0 ? begin - 1 : 0, std::min(end + 1, xs.size())};
}

QColor strokeColor(const CurveSeries &series, bool faint) {
    constexpr double faintShare = 0.32;
    constexpr double fadedShare = 0.18;
    QColor color = series.style().color();
    if (faint)
        color.setAlphaF(static_cast<float>(faintShare * color.alphaF()));
    if (series.emphasis == CurveEmphasis::Faded)
        color.setAlphaF(static_cast<float>(fadedShare * color.alphaF()));
    return color;
}

QColor bandColor(const CurveSeries &series) {
    constexpr double share = 0.16;
    QColor color = strokeColor(series, false);
    color.setAlphaF(static_cast<float>(share * color.alphaF()));
    return color;
}

double strokeWidth(const CurveSeries &series, bool faint) {
    constexpr double normal = 1.6;
    constexpr double highlighted = 2.6;
    if (faint)
        return 1;
    return series.emphasis == CurveEmphasis::Highlighted ? highlighted : normal;
}

void paintBand(QPainter &painter, CurveSeries &series, const PlotScales &scales) {
    const std::vector<QPolygonF> low = partsOf(series, series.low(), scales);
    const std::vector<QPolygonF> high = partsOf(series, series.high(), scales);
    painter.setPen(Qt::NoPen);
    painter.setBrush(bandColor(series));
    for (std::size_t i = 0; i < std::min(low.size(), high.size()); ++i) {
        QPolygonF area = high[i];
        std::for_each(low[i].rbegin(), low[i].rend(), [&area](const QPointF &point) { area.append(point); });
        painter.drawPolygon(area);
    }
}

void paintLine(QPainter &painter, const CurveSeries &series, const CurveLine &line, const PlotScales &scales,
               bool faint) {
    QPen pen(strokeColor(series, faint), strokeWidth(series, faint));
    pen.setJoinStyle(Qt::RoundJoin);
    if (const QList<double> dashes = dashesOf(series.style()); !faint && !dashes.isEmpty())
        pen.setDashPattern(dashes);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF &part : partsOf(series, line, scales))
        if (part.size() > 1)
            painter.drawPolyline(part);
        else if (part.size() == 1)
            painter.drawPoint(part.first()); // between two gaps, where a line would not show
}

void paintMarkers(QPainter &painter, CurveSeries &series, const PlotScales &scales) {
    CurveStyle style = series.style();
    style.color = [color = strokeColor(series, false)] { return color; };
    for (const QPolygonF &part : partsOf(series, series.main(), scales))
        for (const QPointF &point : part)
            paintMarker(painter, style, point);
}

} // namespace simclr::ui
