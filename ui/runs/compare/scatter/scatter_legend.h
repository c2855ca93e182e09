// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"
#include "ui/runs/compare/scatter/scatter_figure.h"

#include <QColor>
#include <QList>
#include <vector>

namespace simclr::ui {

/// The colour of each point, in the current palette: of its group or run, of its category, or of its number
/// between the lowest and the highest.
std::vector<QColor> scatterColors(const ScatterFigure &figure);

/// What the colours mean: groups or categories, or three values of a number. Empty for more entries than can
/// be told apart.
QList<CurveStyle> scatterLegend(const ScatterFigure &figure);

/// The entry of a point; −1 if it has none.
int legendEntryOf(const ScatterFigure &figure, const ScatterPoint &point);

/// Whether entries are groups or categories, and not values of a number.
bool hasEntriesToHide(const ScatterFigure &figure);

} // namespace simclr::ui
