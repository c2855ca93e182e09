// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/parallel/parallel_picture.h"

#include "ui/runs/compare/figures/figure_runs.h"

#include <QLineF>
#include <QList>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr int colorCount = 24;
constexpr std::size_t mostSmooth = 12'000; ///< segments that are antialiased

/// The pieces of a line between neighbouring axes on which it has values.
void addSegments(QList<QLineF> &segments, const ParallelPicture &picture, std::size_t line) {
    const std::size_t axes = picture.xs.size();
    const double *shares = picture.shares.data() + line * axes;
    for (std::size_t axis = 1; axis < axes; ++axis)
        if (!std::isnan(shares[axis - 1]) && !std::isnan(shares[axis]))
            segments.append({picture.xs[axis - 1], picture.y(shares[axis - 1]), picture.xs[axis],
                             picture.y(shares[axis])});
}

int colorOf(double share) {
    return std::clamp(static_cast<int>(share * colorCount), 0, colorCount - 1);
}

/// The more lines, the fainter, so that dense places stay readable.
float opacity(std::size_t lines) {
    return std::clamp(12.0f / std::sqrt(static_cast<float>(std::max<std::size_t>(lines, 1))), 0.12f, 0.9f);
}

void paintSegments(QPainter &painter, const QList<QLineF> &segments, QColor color, float alpha) {
    color.setAlphaF(alpha);
    painter.setPen(QPen(color, 1.2));
    painter.drawLines(segments);
}

} // namespace

QColor lineColor(double share, const QColor &missing) {
    return std::isnan(share) ? missing : gradientColor((colorOf(share) + 0.5) / colorCount);
}

void paintLines(QPainter &painter, const ParallelPicture &picture) {
    const std::size_t axes = picture.xs.size();
    if (axes < 2)
        return;
    QList<QLineF> outside;
    std::array<QList<QLineF>, colorCount + 1> inside; // the last one: without a value on the last axis
    std::size_t insideCount = 0;
    for (std::size_t line = 0; line < picture.lineCount(); ++line) {
        if (picture.isInside[line] == 0) {
            addSegments(outside, picture, line);
            continue;
        }
        const double last = picture.shares[line * axes + axes - 1];
        const int color = std::isnan(last) ? colorCount : colorOf(last);
        addSegments(inside[static_cast<std::size_t>(color)], picture, line);
        ++insideCount;
    }
    painter.setRenderHint(QPainter::Antialiasing, picture.lineCount() * axes < mostSmooth);
    paintSegments(painter, outside, picture.outside, opacity(picture.lineCount() - insideCount) * 0.5f);
    paintSegments(painter, inside[colorCount], picture.missing, opacity(insideCount));
    for (int color = 0; color < colorCount; ++color)
        paintSegments(painter, inside[static_cast<std::size_t>(color)],
                      gradientColor((color + 0.5) / colorCount), opacity(insideCount));
}

QImage linesAsImage(const ParallelPicture &picture) {
    QImage image(picture.size * picture.ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(picture.ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintLines(painter, picture);
    return image;
}

} // namespace simclr::ui
