// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/column_raster.h"
#include "ui/plots/curve_series.h"

#include <QPainter>

namespace simclr::ui {

/// Where the values of a plot are in its axes' rectangle, in logical pixels.
struct PlotScales {
    QRectF area;
    ColumnGrid columns; ///< of one logical pixel, place(x) 0 at the left edge
    Extremes x;         ///< visible
    RowScale left;      ///< rows from the top of the painter, not of the area
    RowScale right;

    const RowScale &of(CurveAxis axis) const { return axis == CurveAxis::Left ? left : right; }
    double pixel(double value) const { return area.left() + columns.place(value); }
};

/// The indices of the points of a curve in the visible part of x, with one more at each end.
struct VisiblePoints {
    std::size_t begin = 0;
    std::size_t end = 0;

    std::size_t count() const { return end - begin; }
};
VisiblePoints visiblePoints(const CurveSeries &series, const Extremes &x);

/// Colour of a curve, with its emphasis; `faint` for the raw line behind a smoothed one.
QColor strokeColor(const CurveSeries &series, bool faint);
QColor bandColor(const CurveSeries &series);
double strokeWidth(const CurveSeries &series, bool faint);

/// Paints lines, bands and markers of curves with few visible points, or for a vector file, in which a pixel
/// column keeps its first, lowest, highest and last point. Gaps interrupt lines.
void paintBand(QPainter &painter, CurveSeries &series, const PlotScales &scales);
void paintLine(QPainter &painter, const CurveSeries &series, const CurveLine &line, const PlotScales &scales,
               bool faint);
void paintMarkers(QPainter &painter, CurveSeries &series, const PlotScales &scales);

} // namespace simclr::ui
