// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/point_painter.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace simclr::ui {

namespace {

constexpr float fadedOpacity = 0.22f; ///< of points beside a selection

/// `color` (premultiplied) times `share` / 256.
QRgb scaled(QRgb color, quint32 share) {
    const quint32 even = (((color & 0x00ff00ff) * share) >> 8) & 0x00ff00ff;
    const quint32 odd = (((color >> 8) & 0x00ff00ff) * share) & 0xff00ff00;
    return even | odd;
}

/// Source over destination, both premultiplied.
void blendRow(QRgb *target, const QRgb *source, int count) {
    for (int i = 0; i < count; ++i) {
        const quint32 alpha = qAlpha(source[i]);
        if (alpha == 255)
            target[i] = source[i];
        else if (alpha != 0)
            target[i] = source[i] + scaled(target[i], 256 - alpha);
    }
}

/// Copies a shape with its middle at (x, y), cut off at the edges.
void stamp(QImage &image, QRgb *pixels, const QImage &shape, int x, int y) {
    const int left = x - shape.width() / 2;
    const int top = y - shape.height() / 2;
    const int from = std::max(0, -left);
    const int to = std::min(shape.width(), image.width() - left);
    if (from >= to)
        return;
    const int width = image.width();
    for (int row = std::max(0, -top); row < std::min(shape.height(), image.height() - top); ++row)
        blendRow(pixels + std::ptrdiff_t(top + row) * width + left + from,
                 reinterpret_cast<const QRgb *>(shape.constScanLine(row)) + from, to - from);
}

QPolygonF polygonOf(PointShape shape, double side) {
    const double half = side / 2;
    if (shape == PointShape::Triangle)
        return QPolygonF({{half, 0.04 * side}, {0.98 * side, 0.9 * side}, {0.02 * side, 0.9 * side}});
    return QPolygonF({{half, 0}, {side, half}, {half, side}, {0, half}});
}

QColor faded(QColor color, bool isFaded) {
    color.setAlphaF(isFaded ? fadedOpacity : 0.86f);
    return color;
}

} // namespace

QImage pointImage(PointShape shape, const QColor &color, int side) {
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (shape == PointShape::Disc)
        painter.drawEllipse(QRectF(0, 0, side, side));
    else if (shape == PointShape::Square)
        painter.drawRect(QRectF(0.08 * side, 0.08 * side, 0.84 * side, 0.84 * side));
    else
        painter.drawPolygon(polygonOf(shape, side));
    return image;
}

double PointPainter::pointSide(std::size_t points, double magnification) {
    const double usual = points > 20'000 ? 3 : points > 4'000 ? 4 : points > 800 ? 6 : 8;
    return usual * std::clamp(std::sqrt(magnification), 1.0, 3.0);
}

const QImage &PointPainter::paint(const PaintedPoints &what, const MapTransform &transform, double ratio) {
    const QSize size = (transform.size * ratio).toSize().expandedTo({1, 1});
    if (m_image.size() != size)
        m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_image.setDevicePixelRatio(1);
    m_image.fill(Qt::transparent);
    m_ratio = ratio;
    order(what.points.size());
    paintRows(what, transform, false);
    if (!what.selected.empty())
        paintRows(what, transform, true);
    m_image.setDevicePixelRatio(ratio);
    return m_image;
}

void PointPainter::order(std::size_t rows) {
    if (m_order.size() == rows)
        return;
    m_order.resize(rows);
    std::iota(m_order.begin(), m_order.end(), 0u);
    std::minstd_rand random(7);
    for (std::size_t i = rows; i > 1; --i)
        std::swap(m_order[i - 1], m_order[random() % i]);
}

void PointPainter::paintRows(const PaintedPoints &what, const MapTransform &transform, bool isSelected) {
    const bool isFaded = !what.selected.empty() && !isSelected;
    const double side = pointSide(what.points.size(), transform.magnification()) * (isSelected ? 1.25 : 1);
    std::vector<QImage> shapes;
    for (const PointGroup &group : what.groups.groups)
        shapes.push_back(pointImage(group.shape(), faded(group.color(), isFaded),
                                    std::max(2, int(std::lround(side * m_ratio)))));
    auto *pixels = reinterpret_cast<QRgb *>(m_image.bits());
    const auto every = static_cast<std::size_t>(what.every);
    for (std::size_t i = 0; i < m_order.size(); i += every) {
        const std::uint32_t row = m_order[i];
        if ((!what.selected.empty() && (what.selected[row] != 0) != isSelected) || !what.groups.isShown(row))
            continue;
        const QPointF place = transform.toPixels(what.points[row]) * m_ratio;
        if (std::abs(place.x()) < 1e6 && std::abs(place.y()) < 1e6)
            stamp(m_image, pixels, shapes[what.groups.groupOf[row]], int(std::floor(place.x())),
                  int(std::floor(place.y())));
    }
}

} // namespace simclr::ui
