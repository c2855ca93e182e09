// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve_plot.h"
#include "ui/plots/curve_reading.h"
#include "ui/plots/curve_readout.h"
#include "ui/plots/curve_series.h"
#include "ui/plots/reference_lines.h"

#include <QTimer>
#include <deque>

class QCPItemStraightLine;
class QCustomPlot;
class QLabel;

namespace simclr::ui {

class CurveHeader;

/// Implementation of CurvePlot: the canvas with its curves, crosshair and repaint timer.
struct CurvePlot::Impl {
    Impl(CurvePlot &owner, const QString &title);

    void buildCanvas();
    void connectCanvas();
    void applyLook();
    void changed();
    void repaintIfNeeded();
    void showAxes(bool shown);
    void applyRanges();
    std::optional<QRectF> boundsOf(CurveAxis axis) const;
    bool isEmpty() const;
    void updateHeader();
    void moveCrosshair(const QPoint &pointer);
    void hideCrosshair();
    std::optional<CurveReading> readingAt(double x) const;
    QList<CurveReadout::Row> rowsOf(const CurveReading &reading) const;
    QString headingOf(const CurveReading &reading) const;
    void zoom(double factor);
    void pan(double fraction);

    CurvePlot &m_owner;
    PlotAxes m_axes;
    CurveHeader *m_header;
    QCustomPlot *m_canvas;
    QLabel *m_empty;
    CurveReadout *m_readout;
    QCPItemStraightLine *m_crosshair = nullptr;
    ReferenceLines m_references;
    std::deque<CurveSeries> m_series; ///< a deque, so that adding does not move the others
    QTimer m_repaint;
    double m_smoothing = 0;
    bool m_dirty = true;
    bool m_following = true;
    bool m_applyingRanges = false;
};

} // namespace simclr::ui
