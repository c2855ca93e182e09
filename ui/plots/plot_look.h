// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;

namespace simclr::ui {

/// Sets colours, fonts and lines of a bare plot from the current theme and the palette of the widget.
void applyPlotLook(QCustomPlot &canvas);

} // namespace simclr::ui
