// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/column_raster.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

/// `color` (premultiplied) times `share` / 256.
QRgb scaled(QRgb color, quint32 share) {
    const quint32 even = (((color & 0x00ff00ff) * share) >> 8) & 0x00ff00ff;
    const quint32 odd = (((color >> 8) & 0x00ff00ff) * share) & 0xff00ff00;
    return even | odd;
}

/// Source over destination, both premultiplied.
void blend(QRgb *begin, const QRgb *end, QRgb color) {
    const quint32 rest = 256 - qAlpha(color) - (qAlpha(color) >> 7); // 256 for 0, 0 for 255
    for (QRgb *pixel = begin; pixel != end; ++pixel)
        *pixel = color + scaled(*pixel, rest);
}

void fill(QRgb *begin, QRgb *end, QRgb color) {
    if (qAlpha(color) == 255)
        std::fill(begin, end, color);
    else
        blend(begin, end, color);
}

/// Rows from `top` to `bottom` of one column; pixels that are only touched get a part of the colour.
void paintSpan(QRgb *column, int height, double top, double bottom, QRgb color) {
    top = std::max(top, 0.0);
    bottom = std::min(bottom, static_cast<double>(height));
    if (!(top < bottom))
        return;
    const int first = static_cast<int>(top);
    const int last = std::min(static_cast<int>(bottom), height - 1);
    const auto part = [color](double share) { return scaled(color, static_cast<quint32>(share * 256)); };
    if (first == last)
        return blend(column + first, column + first + 1, part(bottom - top));
    blend(column + first, column + first + 1, part(first + 1 - top));
    fill(column + first + 1, column + last, color);
    blend(column + last, column + last + 1, part(bottom - last));
}

bool isInGap(const ColumnStroke &stroke, std::size_t column) {
    if (stroke.dash <= 0)
        return false;
    const std::int64_t period = stroke.dash + stroke.dashGap;
    const std::int64_t place = (stroke.firstColumn + static_cast<std::int64_t>(column)) % period;
    return (place < 0 ? place + period : place) >= stroke.dash;
}

} // namespace

const QImage &ColumnRaster::paint(QSize size, std::span<const ColumnStroke> strokes) {
    const auto height = static_cast<std::size_t>(size.height());
    const auto width = static_cast<std::size_t>(size.width());
    m_size = size;
    m_columns.assign(width * height, 0);
    for (std::size_t x = 0; x < width; ++x)
        for (const ColumnStroke &stroke : strokes) {
            const double low = stroke.low[x].low;
            const double high = stroke.high[x].high;
            if (!(low <= high) || isInGap(stroke, x))
                continue;
            paintSpan(m_columns.data() + x * height, size.height(), stroke.scale.row(high) - stroke.halfWidth,
                      stroke.scale.row(low) + stroke.halfWidth, stroke.color);
        }
    transpose();
    return m_image;
}

/// In squares that fit into the cache.
void ColumnRaster::transpose() {
    constexpr int side = 16;
    if (m_image.size() != m_size)
        m_image = QImage(m_size, QImage::Format_ARGB32_Premultiplied);
    const int width = m_size.width();
    const int height = m_size.height();
    auto *rows = reinterpret_cast<QRgb *>(m_image.bits());
    const auto stride = static_cast<std::size_t>(m_image.bytesPerLine()) / sizeof(QRgb);
    for (int top = 0; top < height; top += side)
        for (int left = 0; left < width; left += side)
            for (int y = top; y < std::min(top + side, height); ++y)
                for (int x = left; x < std::min(left + side, width); ++x)
                    rows[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x)] =
                        m_columns[static_cast<std::size_t>(x) * static_cast<std::size_t>(height) +
                                  static_cast<std::size_t>(y)];
}

} // namespace simclr::ui
