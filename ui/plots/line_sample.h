// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"

class QPainter;

namespace simclr::ui {

/// The marker shape of a curve: its own, or the default, which differs for dashed and solid curves.
MarkerShape markerShapeOf(const CurveStyle &style);

/// Paints the marker of a curve.
void paintMarker(QPainter &painter, const CurveStyle &style, const QPointF &center);

/// Paints a sample of a curve's line, `length` pixels from `left`, with its marker if it has markers; shown
/// before a name in the legend and the read-out.
void paintLineSample(QPainter &painter, const CurveStyle &style, const QPointF &left, double length);

} // namespace simclr::ui
