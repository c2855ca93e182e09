// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/group_curve.h"
#include "core/curves/smoothing.h"
#include "ui/plots/curve.h"
#include "ui/plots/curve_line.h"

#include <QList>
#include <QPointF>
#include <optional>
#include <span>

namespace simclr::ui {

/// How much a curve stands out of a plot.
enum class CurveEmphasis { Normal, Highlighted, Faded, Hidden };

/// The data of one curve of a CurvePlot: its points, the smoothed ones if smoothing is on, and the band of a
/// group. UI thread only.
class CurveSeries {
  public:
    CurveSeries(const CurveStyle &style, const Smoothing &smoothing, bool isLogarithmic);

    const CurveStyle &style() const { return m_style; }
    CurveEmphasis emphasis = CurveEmphasis::Normal;

    void assign(const QList<double> &xs, const QList<double> &ys);
    void append(std::span<const QPointF> points);
    /// A mean with its band and n. `raw` is the mean of the runs that are not smoothed, at the same x, or
    /// empty. It was smoothed before: setSmoothing() leaves it unchanged.
    void assignGroup(GroupCurve group, std::vector<double> raw);
    void setSmoothing(const Smoothing &smoothing);
    /// Then smoothed values come by assignSmoothed() only, computed in another thread.
    void setSmoothedElsewhere(bool isElsewhere) { m_isSmoothedElsewhere = isElsewhere; }
    /// Of the first points; those that were added since have none yet.
    void assignSmoothed(std::vector<double> values);
    void setLogarithmic(bool isLogarithmic);

    qsizetype size() const { return static_cast<qsizetype>(m_xs.size()); }
    bool isEmpty() const { return m_xs.empty(); }
    std::span<const double> xs() const { return m_xs; }
    CurveLine &raw() { return m_raw; }
    /// Smoothed if smoothing is on.
    CurveLine &main() { return m_smooth ? *m_smooth : m_raw; }
    const CurveLine &main() const { return m_smooth ? *m_smooth : m_raw; }
    bool hasSmoothed() const { return m_smooth.has_value(); }
    bool hasBand() const { return m_low.has_value(); }
    CurveLine &low() { return *m_low; }
    CurveLine &high() { return *m_high; }
    /// n, the low and the high end of the band at each point; empty for a single run.
    const GroupCurve &group() const { return m_group; }
    /// See fallsOfCount().
    const std::vector<std::size_t> &falls() const { return m_falls; }

    QList<QPointF> points() const { return pointsOf(m_raw); }
    QList<QPointF> drawnPoints() const { return pointsOf(main()); }
    /// x from the first point, above zero if `isLogarithmic`, to the last one; empty without any.
    Extremes xRange(bool isLogarithmic) const;
    /// Of what is shown, in the units of its axis: of all lines, or of the main line without outliers.
    Extremes yRange(bool leavesOutliersOut) const;
    /// The point whose x is nearest, with the y of the main line.
    std::optional<QPointF> nearest(double x) const;
    std::size_t nearestIndex(double x) const;
    /// Distance in x from the point nearest to `x` to its closer neighbour; infinity if there is none.
    double spacingAt(double x) const;

  private:
    QList<QPointF> pointsOf(const CurveLine &line) const;
    void smoothAll();
    void extendSmoothed();
    void changed() { m_quantiles.reset(); }
    template <typename Action>
    void forEachLine(Action action);

    CurveStyle m_style;
    Smoothing m_smoothing;
    bool m_isLogarithmic;
    std::vector<double> m_xs;
    CurveLine m_raw;
    std::optional<CurveLine> m_smooth;
    std::optional<CurveLine> m_low;
    std::optional<CurveLine> m_high;
    GroupCurve m_group; ///< without xs and mean, which are in the lines
    std::vector<std::size_t> m_falls;
    bool m_isGroup = false;
    bool m_isSmoothedElsewhere = false;
    mutable std::optional<Extremes> m_quantiles; ///< computed when wanted
};

} // namespace simclr::ui
