// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/column_raster.h"
#include "ui/plots/curve_painting.h"
#include "ui/plots/qcustomplot.h"

#include <deque>
#include <optional>
#include <vector>

namespace simclr::ui {

/// All curves of a canvas as one object of QCustomPlot, which owns it: bands behind, then raw lines, then
/// smoothed ones, the highlighted curve in front. Curves with many points in view are painted by pixel
/// columns (ColumnRaster), so that their cost does not depend on the number of points; the others, and all of
/// them in vector files, point by point. UI thread only.
class CurveLayer : public QCPAbstractPlottable {
  public:
    CurveLayer(QCustomPlot &canvas, std::deque<CurveSeries> &curves);

    void setMarksOutliers(bool marks) { m_marksOutliers = marks; }
    /// Whether curves were painted by columns the last time.
    bool wasDense() const { return m_wasDense; }

    double selectTest(const QPointF &, bool, QVariant *) const override { return -1; }
    QCPRange getKeyRange(bool &found, QCP::SignDomain) const override;
    QCPRange getValueRange(bool &found, QCP::SignDomain, const QCPRange &) const override;

  protected:
    void draw(QCPPainter *painter) override;
    void drawLegendIcon(QCPPainter *, const QRectF &) const override {}

  private:
    PlotScales scales() const;
    const ColumnGrid &gridOf(const QSize &size, const PlotScales &scales);
    std::vector<CurveSeries *> inOrder() const;
    bool isDense(const CurveSeries &series, const PlotScales &scales) const;
    void drawColumns(QCPPainter &painter, const PlotScales &scales);
    void drawFewPoints(QCPPainter &painter, const PlotScales &scales, bool isVector);
    void markOutliers(QCPPainter &painter, const PlotScales &scales);
    void markOutliersOf(QCPPainter &painter, CurveSeries &series, const PlotScales &scales);
    void markCounts(QCPPainter &painter, const PlotScales &scales);

    std::deque<CurveSeries> &m_curves;
    ColumnRaster m_raster;
    ColumnGrid m_grid;         ///< of device pixels; kept while the view only moves
    std::size_t m_visible = 0; ///< points of all curves in view
    bool m_marksOutliers = false;
    bool m_wasDense = false;
};

} // namespace simclr::ui
