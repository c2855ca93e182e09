// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;

namespace simclr::ui {

/// Colours, fonts and lines of a bare plot as the theme and the widget's palette have them now.
void applyPlotLook(QCustomPlot &canvas);

} // namespace simclr::ui
