// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/group_curve.h"
#include "core/curves/smoothing.h"
#include "ui/runs/curves/curve_x.h"

#include <memory>
#include <vector>

namespace simclr::ui {

/// The points of a run as the loader shares them.
using SharedPoints = std::shared_ptr<const std::vector<MetricPoint>>;

/// A group whose mean is wanted, or a run whose smoothed values are, as values that another thread may read.
struct MixRequest {
    struct Run {
        SharedPoints points;
        CurveOrigin origin;
    };
    int plot = 0;
    int curve = 0;
    std::vector<Run> runs;
    double factor = 1; ///< from stored to shown values
    CurveX x = CurveX::Step;
    Smoothing smoothing; ///< of each run, before they are averaged
    BandKind band = BandKind::None;
    bool isSingle = false; ///< one run, without a mean
};

struct MixedCurve {
    int plot = 0;
    int curve = 0;
    GroupCurve group;
    std::vector<double> raw;      ///< the mean of the runs that are not smoothed; empty without smoothing
    std::vector<double> smoothed; ///< of a single run, which has no group
    Smoothing smoothing;
    bool isSingle = false;
};

/// Computes a group from its runs, or smooths a run. Without Qt objects: for any thread.
MixedCurve mix(const MixRequest &request);

} // namespace simclr::ui
