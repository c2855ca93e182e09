// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPoint;

namespace simclr::ui {

class CurvePlot;

/// What can be done with a plot, at this place of the screen. The menu deletes itself.
void popUpPlotMenu(CurvePlot &plot, const QPoint &globalPosition);

/// Only its ways to be saved.
void popUpSaveMenu(CurvePlot &plot, const QPoint &globalPosition);

} // namespace simclr::ui
