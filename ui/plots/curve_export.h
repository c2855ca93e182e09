// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/figure_export.h"

#include <QByteArray>
#include <QString>

namespace simclr::ui {

class CurvePlot;

/// The curves of `plot` as CSV, one point per line: curve, x, value; with smoothing also the smoothed value,
/// whose column is named after its method; with groups the mean as the value, and the ends of the band and n.
/// Names are written by csvField(); numbers are written with enough digits to be read back exactly.
QByteArray curvesAsCsv(const CurvePlot &plot);

/// What menus and files need of a plot, which must exist as long as it is used.
ExportedFigure exportedFigure(CurvePlot &plot);

/// Writes into `file`; returns the message to show on failure, otherwise an empty string.
QString writeCurvesAsCsv(CurvePlot &plot, const QString &file);
/// Pictures with legend and caption.
QString writePlotAsPng(CurvePlot &plot, const QString &file);
QString writePlotAsSvg(CurvePlot &plot, const QString &file);
QString writePlotAsPdf(CurvePlot &plot, const QString &file);

} // namespace simclr::ui
