// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"
#include "ui/runs/curves/curve_group.h"
#include "ui/runs/curves/curve_loader.h"
#include "ui/runs/curves/curve_mixer.h"
#include "ui/runs/curves/curve_settings.h"

#include <QHash>
#include <QPointF>
#include <optional>
#include <vector>

namespace simclr::ui {

class CurvePlot;

/// What the plots of a CurvesPanel show.
struct ShownCurves {
    std::vector<CurveGroup> groups;
    std::vector<QString> labels;     ///< of the groups
    QHash<RunId, RunRecord> records; ///< of their runs, as far as they are known
};

/// One plot of the CurvesPanel: one metric, or several of one unit, of all shown groups. Owned by the panel,
/// which also owns the CurvePlot. UI thread.
class CurveChart {
  public:
    CurveChart(CurvePlot &plot, int index, const QStringList &metrics);

    CurvePlot &plot() const { return m_plot; }
    const QStringList &metrics() const { return m_metrics; }

    /// For another axis, smoothing or band.
    void apply(const CurveSettings &settings, const ShownCurves &shown);
    /// Adds new points; rebuilds the curves only if others are wanted, and returns whether it did.
    bool redraw(const ShownCurves &shown, const CurveLoader &loader);
    /// The curves are read again from their beginning.
    void drop();
    /// What is computed in another thread: means of groups of several runs, and smoothed values of single
    /// ones.
    std::vector<MixRequest> mixes(const ShownCurves &shown, const CurveLoader &loader) const;

    void take(const MixedCurve &mixed);

    /// Of curve `curve`.
    int groupOf(int curve) const { return m_drawings[static_cast<std::size_t>(curve)].group; }
    void setHidden(int group, bool isHidden);
    void setHighlighted(std::optional<int> group);

  private:
    /// A curve.
    struct Drawing {
        int group = 0;
        QString metric;
        std::optional<Protocol> protocol; ///< of an accuracy
        CurveStyle style;
        std::size_t smoothedPoints = 0; ///< of a single run; with …
        Smoothing smoothing = {};
    };
    MixRequest mixOf(std::size_t curve, const ShownCurves &shown, const CurveLoader &loader) const;
    std::vector<Drawing> drawings(const ShownCurves &shown) const;
    void addAccuracies(std::vector<Drawing> &wanted, const ShownCurves &shown, int group,
                       const CurveStyle &style) const;
    void showAxes();
    void showReferences(const ShownCurves &shown);
    void drawRun(int curve, const Drawing &drawing, const ShownCurves &shown, const CurveLoader &loader);
    void drawAccuracy(int curve, const Drawing &drawing, const ShownCurves &shown, const CurveLoader &loader);
    bool showsAccuracy() const { return m_metrics.contains(accuracyKey); }

    CurvePlot &m_plot;
    int m_index;
    QStringList m_metrics;
    CurveSettings m_settings;
    std::vector<Drawing> m_drawings; ///< as the curves of the plot
};

} // namespace simclr::ui
