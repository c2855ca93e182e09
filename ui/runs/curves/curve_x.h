// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/plots/curve.h"

#include <QString>
#include <vector>

namespace simclr::ui {

/// The horizontal axes of curves. The numbers are stored in the settings.
enum class CurveX { Step = 0, Epoch = 1, RelativeTime = 2, Images = 3, Time = 4 };

/// What of a run places its points.
struct CurveOrigin {
    double created = 0; ///< seconds since 1970
    double batch = 0;   ///< images per step; 0: unknown
};
CurveOrigin originOfCurves(const RunRecord &run);

/// Where a point is on the axis: its step, its epoch, images seen (step × batch), minutes since the run was
/// created, or seconds since 1970.
double placeOf(const MetricPoint &point, CurveX x, const CurveOrigin &origin);
/// The place of the last of `points` that is not after the end of `epoch`.
double placeOfEpoch(double epoch, const std::vector<MetricPoint> &points, CurveX x,
                    const CurveOrigin &origin);

/// "step", "epoch", …: in the chooser.
QString curveXTitle(CurveX x);
/// With its unit: at the axis.
QString curveXLabel(CurveX x);
NumberStyle curveXStyle(CurveX x);

} // namespace simclr::ui
