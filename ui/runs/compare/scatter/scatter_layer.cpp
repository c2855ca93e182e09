// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/scatter/scatter_layer.h"

#include "ui/widgets/theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double runRadius = 3.5;
constexpr double meanRadius = 5.5;
constexpr double capLength = 3;
constexpr int ringWidth = 2;

/// Runs of one category lie side by side, so that each is seen: always at the same place for one run.
double spreadInCategory(qint64 run) {
    constexpr double width = 0.44;
    const quint64 mixed = static_cast<quint64>(run) * 0x9E3779B97F4A7C15ull;
    return (static_cast<double>(mixed >> 40) / static_cast<double>(1u << 24) - 0.5) * width;
}

QPointF placeIn(const ScatterFigure &figure, const ScatterPoint &point) {
    const double spread = point.isMean() ? 0 : spreadInCategory(point.run);
    return {point.x + (figure.x.isNumeric ? 0 : spread), point.y + (figure.y.isNumeric ? 0 : spread)};
}

QCPRange rangeOf(const std::vector<QPointF> &places, double (QPointF::*coordinate)() const, bool &found,
                 QCP::SignDomain domain) {
    QCPRange range;
    found = false;
    for (const QPointF &place : places) {
        const double value = (place.*coordinate)();
        if (domain == QCP::sdPositive && value <= 0)
            continue;
        if (!found)
            range = {value, value};
        range.expand(value);
        found = true;
    }
    return range;
}

} // namespace

ScatterLayer::ScatterLayer(QCustomPlot &canvas) : QCPAbstractPlottable(canvas.xAxis, canvas.yAxis) {
    setSelectable(QCP::stNone);
    removeFromLegend();
}

void ScatterLayer::setFigure(const ScatterFigure &figure, std::vector<QColor> colors) {
    m_points = figure.points;
    m_hasMeans = figure.hasMeans();
    m_colors = std::move(colors);
    m_isShown.clear();
    m_discs.clear();
    m_marked.reset();
    m_places.clear();
    for (const ScatterPoint &point : m_points)
        m_places.push_back(placeIn(figure, point));
}

std::optional<double> ScatterLayer::pixelOf(const QCPAxis &axis, double value) const {
    if (axis.scaleType() == QCPAxis::stLogarithmic && value <= 0)
        return std::nullopt;
    return axis.coordToPixel(value);
}

std::optional<QPointF> ScatterLayer::placeOf(std::size_t point) const {
    const auto x = pixelOf(*mKeyAxis, m_places[point].x());
    const auto y = pixelOf(*mValueAxis, m_places[point].y());
    return x && y ? std::optional(QPointF(*x, *y)) : std::nullopt;
}

std::optional<std::size_t> ScatterLayer::nearest(const QPointF &pointer, double reach) const {
    std::optional<std::size_t> best;
    double least = reach * reach;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const auto place = isShown(i) ? placeOf(i) : std::nullopt;
        if (!place)
            continue;
        const QPointF distance = *place - pointer;
        const double square = QPointF::dotProduct(distance, distance);
        if (square <= least) { // the last one is in front
            least = square;
            best = i;
        }
    }
    return best;
}

/// With the ends of error bars.
std::vector<QPointF> ScatterLayer::extent() const {
    std::vector<QPointF> places = m_places;
    const auto length = [](double error) { return std::isfinite(error) ? error : 0; };
    for (const ScatterPoint &point : m_points)
        if (point.isMean())
            for (const int sign : {-1, 1})
                places.emplace_back(point.x + sign * length(point.xError),
                                    point.y + sign * length(point.yError));
    return places;
}

QCPRange ScatterLayer::getKeyRange(bool &found, QCP::SignDomain domain) const {
    return rangeOf(extent(), &QPointF::x, found, domain);
}

QCPRange ScatterLayer::getValueRange(bool &found, QCP::SignDomain domain, const QCPRange &) const {
    return rangeOf(extent(), &QPointF::y, found, domain);
}

double ScatterLayer::radiusOf(const ScatterPoint &point) const {
    return point.isMean() ? meanRadius : runRadius;
}

void ScatterLayer::draw(QCPPainter *painter) {
    painter->setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const auto place = isShown(i) ? placeOf(i) : std::nullopt;
        if (!place || !clipRect().adjusted(-8, -8, 8, 8).contains(place->toPoint()))
            continue;
        QColor color = m_colors[i];
        if (m_points[i].isMean())
            drawErrors(*painter, m_points[i], color);
        else
            color.setAlphaF(m_hasMeans ? 0.35f : 0.8f);
        drawDisc(*painter, *place, radiusOf(m_points[i]), color);
    }
    for (std::size_t i = 0; i < m_points.size(); ++i)
        if (m_selected.contains(m_points[i].run) && isShown(i))
            drawRing(*painter, i, theme::accent());
    if (m_marked && *m_marked < m_points.size())
        drawRing(*painter, *m_marked, mParentPlot->palette().color(QPalette::Text));
}

void ScatterLayer::drawRing(QCPPainter &painter, std::size_t point, const QColor &color) const {
    const auto place = placeOf(point);
    if (!place)
        return;
    painter.setPen(QPen(color, ringWidth));
    painter.setBrush(Qt::NoBrush);
    const double radius = radiusOf(m_points[point]) + ringWidth;
    painter.drawEllipse(*place, radius, radius);
}

/// From end to end; an end that is not above zero is that of a logarithmic axis.
void ScatterLayer::drawErrors(QCPPainter &painter, const ScatterPoint &point, const QColor &color) const {
    const QRectF area = clipRect();
    const auto end = [](std::optional<double> pixel, double fallback) { return pixel.value_or(fallback); };
    painter.setPen(QPen(color, 1.4));
    const double x = end(pixelOf(*mKeyAxis, point.x), area.left());
    const double y = end(pixelOf(*mValueAxis, point.y), area.bottom());
    if (std::isfinite(point.yError)) {
        const double low = end(pixelOf(*mValueAxis, point.y - point.yError), area.bottom());
        const double high = end(pixelOf(*mValueAxis, point.y + point.yError), area.top());
        painter.drawLine(QLineF(x, low, x, high));
        for (const double cap : {low, high})
            painter.drawLine(QLineF(x - capLength, cap, x + capLength, cap));
    }
    if (std::isfinite(point.xError) && point.xError > 0) {
        const double low = end(pixelOf(*mKeyAxis, point.x - point.xError), area.left());
        const double high = end(pixelOf(*mKeyAxis, point.x + point.xError), area.right());
        painter.drawLine(QLineF(low, y, high, y));
        for (const double cap : {low, high})
            painter.drawLine(QLineF(cap, y - capLength, cap, y + capLength));
    }
}

void ScatterLayer::drawDisc(QCPPainter &painter, const QPointF &place, double radius, const QColor &color) {
    if (painter.modes().testFlag(QCPPainter::pmVectorized)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(place, radius, radius);
        return;
    }
    const QPixmap &picture = disc(radius, color, painter.device()->devicePixelRatioF());
    const QSizeF size = picture.deviceIndependentSize();
    painter.drawPixmap(place - QPointF(size.width() / 2, size.height() / 2), picture);
}

const QPixmap &ScatterLayer::disc(double radius, const QColor &color, double ratio) {
    const quint64 key = (quint64(color.rgba()) << 16) ^ quint64(std::lround(radius * 16 * ratio));
    QPixmap &picture = m_discs[key];
    if (!picture.isNull())
        return picture;
    const int side = static_cast<int>(std::ceil(radius)) * 2 + 2;
    picture = QPixmap(QSize(side, side) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(side / 2.0, side / 2.0), radius, radius);
    return picture;
}

} // namespace simclr::ui
