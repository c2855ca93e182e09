// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"

class QPainter;

namespace simclr::ui {

/// The shape of a curve's points: its own, or the one that tells dashed curves from solid ones.
MarkerShape markerShapeOf(const CurveStyle &style);

/// A short piece of a curve's line, `length` pixels from `left`, with its marker where it has markers: what
/// stands before a name in the legend and in the read-out.
void paintLineSample(QPainter &painter, const CurveStyle &style, const QPointF &left, double length);

} // namespace simclr::ui
