// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QString>

class QWidget;

namespace simclr::ui {

class CurvePlot;

/// The curves of `plot` as CSV, one point a line: curve, x, value. Names are written by csvField(), numbers so
/// that they read back exactly.
QByteArray curvesAsCsv(const CurvePlot &plot);

/// Writes into `file`; the sentence to show where that fails, or nothing.
QString writeCurvesAsCsv(CurvePlot &plot, const QString &file);
QString writePlotAsPng(CurvePlot &plot, const QString &file);

/// Asks for a file, without blocking, and writes it.
void askAndSaveCsv(CurvePlot &plot);
void askAndSavePng(CurvePlot &plot);

} // namespace simclr::ui
