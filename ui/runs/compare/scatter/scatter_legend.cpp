// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/scatter/scatter_legend.h"

#include "ui/widgets/theme.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr std::size_t mostEntries = 14; // colours repeat after them

struct Bounds {
    double low = 0;
    double high = 0;
    bool isEmpty = true;

    double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

Bounds boundsOf(const ScatterFigure &figure) {
    Bounds bounds;
    for (const ScatterPoint &point : figure.points) {
        if (!std::isfinite(point.color))
            continue;
        bounds.low = bounds.isEmpty ? point.color : std::min(bounds.low, point.color);
        bounds.high = bounds.isEmpty ? point.color : std::max(bounds.high, point.color);
        bounds.isEmpty = false;
    }
    return bounds;
}

bool isScale(const ScatterFigure &figure) {
    return figure.color && figure.color->isNumeric;
}

CurveStyle entry(const QString &name, const std::function<QColor()> &color) {
    CurveStyle style;
    style.name = name;
    style.color = color;
    style.markers = true;
    style.marker = MarkerShape::Disc;
    return style;
}

QList<CurveStyle> scaleLegend(const ScatterFigure &figure) {
    const Bounds bounds = boundsOf(figure);
    QList<CurveStyle> entries;
    if (bounds.isEmpty)
        return entries;
    const double middle = (bounds.low + bounds.high) / 2;
    const std::vector<double> values = bounds.high > bounds.low
                                           ? std::vector<double>{bounds.low, middle, bounds.high}
                                           : std::vector<double>{bounds.low};
    for (const double value : values)
        entries.append(entry(entries.isEmpty()
                                 ? QStringLiteral("%1 %2").arg(figure.color->title, figure.color->text(value))
                                 : figure.color->text(value),
                             [share = bounds.share(value)] { return gradientColor(share); }));
    return entries;
}

} // namespace

std::vector<QColor> scatterColors(const ScatterFigure &figure) {
    const Bounds bounds = isScale(figure) ? boundsOf(figure) : Bounds();
    std::vector<QColor> colors;
    colors.reserve(figure.points.size());
    for (const ScatterPoint &point : figure.points) {
        if (!figure.color)
            colors.push_back(theme::runColor(figure.colorRuns[point.entity]));
        else if (!std::isfinite(point.color))
            colors.push_back(theme::mutedText());
        else if (figure.color->isNumeric)
            colors.push_back(gradientColor(bounds.share(point.color)));
        else
            colors.push_back(theme::runColor(std::lround(point.color)));
    }
    return colors;
}

QList<CurveStyle> scatterLegend(const ScatterFigure &figure) {
    if (isScale(figure))
        return scaleLegend(figure);
    QList<CurveStyle> entries;
    if (!figure.color && figure.titles.size() <= mostEntries) {
        for (std::size_t i = 0; i < figure.titles.size(); ++i)
            entries.append(
                entry(figure.titles[i], [run = figure.colorRuns[i]] { return theme::runColor(run); }));
    } else if (figure.color && figure.color->categories.size() <= qsizetype(mostEntries)) {
        for (qsizetype i = 0; i < figure.color->categories.size(); ++i)
            entries.append(entry(figure.color->categories[i], [i] { return theme::runColor(i); }));
    }
    return entries;
}

int legendEntryOf(const ScatterFigure &figure, const ScatterPoint &point) {
    if (!figure.color)
        return static_cast<int>(point.entity);
    return !figure.color->isNumeric && std::isfinite(point.color) ? static_cast<int>(std::lround(point.color))
                                                                  : -1;
}

bool hasEntriesToHide(const ScatterFigure &figure) {
    return !isScale(figure);
}

} // namespace simclr::ui
