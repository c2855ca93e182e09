// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve_reading.h"
#include "ui/plots/curve_readout.h"
#include "ui/plots/curve_series.h"
#include "ui/plots/reference_lines.h"

#include <QTimer>
#include <QWidget>
#include <deque>
#include <optional>
#include <span>

class QCPItemStraightLine;
class QCPPainter;
class QCustomPlot;
class QLabel;

namespace simclr::ui {

class CurveLayer;

/// The canvas of a CurvePlot, which owns it: axes, curves, reference lines, the visible range, the crosshair
/// with its read-out, and the timer that repaints. UI thread.
class CurveCanvas : public QWidget {
    Q_OBJECT
  public:
    explicit CurveCanvas(QWidget *parent = nullptr);
    ~CurveCanvas() override;

    const PlotAxes &axes() const { return m_axes; }
    void setAxes(const PlotAxes &axes);
    QString emptyText() const;
    void setEmptyText(const QString &text);

    int curveCount() const { return static_cast<int>(m_series.size()); }
    void addCurve(const CurveStyle &style);
    void removeCurves();
    void setData(int curve, const QList<double> &xs, const QList<double> &ys);
    void append(int curve, std::span<const QPointF> points);
    void setGroup(int curve, GroupCurve group, std::vector<double> raw);
    void setHidden(int curve, bool isHidden);
    void setHighlighted(std::optional<int> curve);
    std::optional<int> highlighted() const { return m_highlighted; }
    const CurveSeries &series(int curve) const;
    QList<CurveStyle> styles() const;
    /// Whether no curve has a point.
    bool isEmpty() const;
    void setSmoothing(const Smoothing &smoothing);
    const Smoothing &smoothing() const { return m_smoothing; }
    void setSmoothedElsewhere(bool isElsewhere);
    void setSmoothed(int curve, std::vector<double> values);
    void setReferenceLine(const QString &name, double value);
    QList<QString> referenceLines() const { return m_references.names(); }

    void fit();
    bool isFollowing() const { return m_following; }
    QRectF visibleRange() const;
    void zoom(double factor);
    void pan(double fraction);
    void repaintNow();
    /// Paints the canvas into `area` of a picture or a vector file.
    void paint(QCPPainter &painter, const QSize &size);
    /// For another palette or font.
    void applyLook();

    QString readoutAt(double x) const;
    std::optional<double> crosshair() const;

  Q_SIGNALS:
    void pressed();
    void menuRequested(const QPoint &place);
    /// The pointer is at the line of this curve; −1: at none.
    void curvePointedAt(int curve);

  protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    void buildCanvas();
    void connectCanvas();
    void changed();
    void repaintIfNeeded();
    void showAxes(bool shown);
    void applyRanges();
    Extremes xRange() const;
    Extremes yRange(CurveAxis axis) const;
    void applyEmphasis();
    void moveCrosshair(const QPoint &pointer);
    void hideCrosshair();
    int curveAt(const QPointF &place) const;
    void pointAt(int curve);
    std::optional<CurveReading> readingAt(double x) const;
    QList<CurveReadout::Row> rowsOf(const CurveReading &reading) const;
    QString headingOf(const CurveReading &reading) const;

    PlotAxes m_axes;
    QCustomPlot *m_canvas;
    QLabel *m_empty;
    CurveReadout *m_readout;
    QCPItemStraightLine *m_crosshair = nullptr;
    ReferenceLines m_references;
    std::deque<CurveSeries> m_series; ///< a deque, so that adding does not move the others
    CurveLayer *m_layer = nullptr;    ///< owned by m_canvas
    std::optional<int> m_highlighted;
    QTimer m_repaint;
    Smoothing m_smoothing;
    bool m_isSmoothedElsewhere = false;
    int m_pointedAt = -1;
    bool m_dirty = true;
    bool m_following = true;
    bool m_applyingRanges = false;
};

} // namespace simclr::ui
