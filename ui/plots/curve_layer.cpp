// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_layer.h"

#include "ui/widgets/theme.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

/// With more points in view than this, single points are no longer painted one by one.
constexpr std::size_t mostPoints = 12'000;

double shown(const QCPAxis &axis, double value) {
    return axis.scaleType() == QCPAxis::stLogarithmic ? std::log10(value) : value;
}

RowScale rowScale(const QCPAxis &axis, const QRectF &area) {
    const double low = shown(axis, axis.range().lower);
    const double high = shown(axis, axis.range().upper);
    const double factor = -area.height() / (high - low);
    return {area.bottom() - factor * low, factor};
}

QRgb premultiplied(const QColor &color) {
    return qPremultiply(color.rgba());
}

/// A triangle at the border of the area, which points to values beyond it.
void paintArrow(QPainter &painter, double x, double tip, double direction) {
    constexpr double half = 3.5;
    constexpr double height = 5;
    painter.drawPolygon(
        QPolygonF({{x, tip}, {x - half, tip + direction * height}, {x + half, tip + direction * height}}));
}

} // namespace

CurveLayer::CurveLayer(QCustomPlot &canvas, std::deque<CurveSeries> &curves)
    : QCPAbstractPlottable(canvas.xAxis, canvas.yAxis), m_curves(curves) {
    removeFromLegend();
}

QCPRange CurveLayer::getKeyRange(bool &found, QCP::SignDomain) const {
    found = false; // the canvas sets its ranges itself
    return {};
}

QCPRange CurveLayer::getValueRange(bool &found, QCP::SignDomain, const QCPRange &) const {
    found = false;
    return {};
}

PlotScales CurveLayer::scales() const {
    const QCPAxis &x = *mParentPlot->xAxis;
    PlotScales scales;
    scales.area = mParentPlot->axisRect()->rect();
    scales.x = {x.range().lower, x.range().upper};
    scales.columns.isLogarithmic = x.scaleType() == QCPAxis::stLogarithmic;
    scales.columns.origin = shown(x, scales.x.low);
    scales.columns.step = (shown(x, scales.x.high) - scales.columns.origin) / scales.area.width();
    scales.left = rowScale(*mParentPlot->yAxis, scales.area);
    scales.right = rowScale(*mParentPlot->yAxis2, scales.area);
    return scales;
}

/// The grid of the last view if this one is only moved, so that most columns are known. A view that was not
/// moved by whole pixels is painted at most half a pixel beside its place.
const ColumnGrid &CurveLayer::gridOf(const QSize &size, const PlotScales &scales) {
    ColumnGrid grid = scales.columns;
    grid.step *= scales.area.width() / size.width();
    constexpr double sameStep = 1e-5; // rounding of large x, such as times
    if (grid.isLogarithmic != m_grid.isLogarithmic || std::abs(grid.step / m_grid.step - 1) > sameStep ||
        std::abs(grid.origin - m_grid.origin) > 1e6 * m_grid.step)
        m_grid = grid;
    return m_grid;
}

std::vector<CurveSeries *> CurveLayer::inOrder() const {
    std::vector<CurveSeries *> order;
    for (CurveSeries &series : m_curves)
        if (series.emphasis != CurveEmphasis::Hidden && !series.isEmpty())
            order.push_back(&series);
    std::stable_partition(order.begin(), order.end(), [](const CurveSeries *series) {
        return series->emphasis != CurveEmphasis::Highlighted;
    });
    return order;
}

bool CurveLayer::isDense(const CurveSeries &series, const PlotScales &scales) const {
    const double count = static_cast<double>(visiblePoints(series, scales.x).count());
    return !series.style().markers && (count > 2 * scales.area.width() || m_visible > mostPoints) &&
           series.size() > 1;
}

void CurveLayer::draw(QCPPainter *painter) {
    const PlotScales all = scales();
    if (all.area.width() < 1 || all.area.height() < 1)
        return;
    m_visible = 0;
    for (const CurveSeries *series : inOrder())
        m_visible += visiblePoints(*series, all.x).count();
    const bool isVector = painter->modes().testFlag(QCPPainter::pmVectorized);
    if (!isVector)
        drawColumns(*painter, all);
    drawFewPoints(*painter, all, isVector);
    if (m_marksOutliers)
        markOutliers(*painter, all);
    markCounts(*painter, all);
}

void CurveLayer::drawColumns(QCPPainter &painter, const PlotScales &all) {
    const double ratio = painter.device()->devicePixelRatioF();
    const QSize size = (all.area.size() * ratio).toSize();
    const ColumnGrid &grid = gridOf(size, all);
    const auto begin = static_cast<std::int64_t>(std::lround((all.columns.origin - grid.origin) / grid.step));
    const auto columnsOf = [&](CurveSeries &series, CurveLine &line) {
        return line.columns(series.xs(), grid, begin, begin + size.width());
    };
    std::vector<ColumnStroke> strokes;
    const auto add = [&](CurveSeries &series, CurveLine &low, CurveLine &high, const QColor &color,
                         double width) {
        RowScale rows = all.of(series.style().axis);
        rows = {(rows.offset - all.area.top()) * ratio, rows.factor * ratio};
        strokes.push_back({columnsOf(series, low), columnsOf(series, high), rows, premultiplied(color),
                           width * ratio / 2, begin});
    };
    const std::vector<CurveSeries *> order = inOrder();
    for (CurveSeries *series : order)
        if (series->hasBand() && isDense(*series, all))
            add(*series, series->low(), series->high(), bandColor(*series), 0);
    for (CurveSeries *series : order)
        if (series->hasSmoothed() && isDense(*series, all))
            add(*series, series->raw(), series->raw(), strokeColor(*series, true), 1);
    for (CurveSeries *series : order) {
        if (!isDense(*series, all))
            continue;
        add(*series, series->main(), series->main(), strokeColor(*series, false),
            series->hasSmoothed() || series->hasBand() ? strokeWidth(*series, false) : 1.2);
        if (const QList<double> dashes = dashesOf(series->style()); dashes.size() >= 2) {
            strokes.back().dash = qRound(dashes[0] * 1.6 * ratio);
            strokes.back().dashGap = qRound(dashes[1] * 1.6 * ratio);
        }
    }
    m_wasDense = !strokes.empty();
    if (strokes.empty())
        return;
    painter.drawImage(QRectF(all.area.topLeft(), QSizeF(size) / ratio), m_raster.paint(size, strokes));
}

void CurveLayer::drawFewPoints(QCPPainter &painter, const PlotScales &all, bool isVector) {
    painter.setAntialiasing(true);
    const auto isWanted = [&](const CurveSeries &series) { return isVector || !isDense(series, all); };
    const std::vector<CurveSeries *> order = inOrder();
    for (CurveSeries *series : order)
        if (isWanted(*series) && series->hasBand())
            paintBand(painter, *series, all);
    for (CurveSeries *series : order)
        if (isWanted(*series) && series->hasSmoothed())
            paintLine(painter, *series, series->raw(), all, true);
    for (CurveSeries *series : order) {
        if (!isWanted(*series))
            continue;
        paintLine(painter, *series, series->main(), all, false);
        if (series->style().markers || series->size() == 1) // a line of one point would be invisible
            paintMarkers(painter, *series, all);
    }
}

void CurveLayer::markOutliers(QCPPainter &painter, const PlotScales &all) {
    painter.setAntialiasing(true);
    painter.setPen(Qt::NoPen);
    for (CurveSeries *series : inOrder())
        markOutliersOf(painter, *series, all);
}

/// At most one arrow in every dozen pixels.
void CurveLayer::markOutliersOf(QCPPainter &painter, CurveSeries &series, const PlotScales &all) {
    constexpr int spacing = 12;
    ColumnGrid wide = all.columns;
    wide.step *= spacing;
    const int count = static_cast<int>(all.area.width()) / spacing;
    const RowScale &rows = all.of(series.style().axis);
    const VisiblePoints visible = visiblePoints(series, all.x);
    painter.setBrush(strokeColor(series, false));
    std::size_t next = visible.begin;
    for (int place = 0; place < count; ++place) {
        const std::size_t first = next;
        while (next < visible.end && wide.place(series.xs()[next]) < place + 1)
            ++next;
        const Extremes extent = series.main().extremes(first, next);
        const double x = all.area.left() + (place + 0.5) * spacing;
        if (!extent.isEmpty() && rows.row(extent.high) < all.area.top())
            paintArrow(painter, x, all.area.top(), 1);
        if (!extent.isEmpty() && rows.row(extent.low) > all.area.bottom())
            paintArrow(painter, x, all.area.bottom(), -1);
    }
}

/// Where a mean becomes one of fewer runs: "n = 2" at the line.
void CurveLayer::markCounts(QCPPainter &painter, const PlotScales &all) {
    constexpr std::size_t mostMarks = 6;
    for (CurveSeries *series : inOrder()) {
        const std::vector<std::size_t> &falls = series->falls();
        painter.setPen(strokeColor(*series, false));
        for (std::size_t i = 0; i < std::min(mostMarks, falls.size()); ++i) {
            const double x = all.pixel(series->xs()[falls[i]]);
            const double value = series->main().shown()[falls[i]];
            if (!(x >= all.area.left() && x <= all.area.right()) || !std::isfinite(value))
                continue;
            const double y = all.of(series->style().axis).row(value);
            painter.drawLine(QPointF(x, y - 6), QPointF(x, y + 6));
            painter.drawText(QPointF(x + 3, y - 5),
                             QStringLiteral("n = %1").arg(series->group().counts[falls[i]]));
        }
    }
}

} // namespace simclr::ui
