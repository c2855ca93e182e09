// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QString>

class QWidget;

namespace simclr::ui {

class CurvePlot;

/// The curves of `plot` as CSV, one point per line: curve, x, value; with smoothing also the smoothed value,
/// whose column is named after its method; with groups the mean as the value, and the ends of the band and n.
/// Names are written by csvField(); numbers are written with enough digits to be read back exactly.
QByteArray curvesAsCsv(const CurvePlot &plot);

/// Writes into `file`; returns the message to show on failure, otherwise an empty string.
QString writeCurvesAsCsv(CurvePlot &plot, const QString &file);
/// Pictures with legend and caption.
QString writePlotAsPng(CurvePlot &plot, const QString &file);
QString writePlotAsSvg(CurvePlot &plot, const QString &file);
QString writePlotAsPdf(CurvePlot &plot, const QString &file);

void copyPicture(CurvePlot &plot);
/// As CSV.
void copyValues(CurvePlot &plot);

/// Asks for a file, without blocking, and writes it.
void askAndSaveCsv(CurvePlot &plot);
void askAndSavePng(CurvePlot &plot);
void askAndSaveSvg(CurvePlot &plot);
void askAndSavePdf(CurvePlot &plot);

} // namespace simclr::ui
