// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPoint;

namespace simclr::ui {

class CurvePlot;

/// Opens the context menu of a plot at this position. The menu deletes itself.
void popUpPlotMenu(CurvePlot &plot, const QPoint &globalPosition);

/// Opens the menu with only the save actions.
void popUpSaveMenu(CurvePlot &plot, const QPoint &globalPosition);

} // namespace simclr::ui
