// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/group_curve.h"
#include "core/curves/smoothing.h"
#include "ui/runs/curves/curve_x.h"

#include <QStringList>

namespace simclr::ui {

/// The key of validation accuracies among the metrics.
inline const QString accuracyKey = QStringLiteral("accuracy");
/// Every run has this curve; it also gives the step and time of an epoch.
inline const QString lossKey = QStringLiteral("loss");

/// How curves are shown. Plain value, stored in the settings.
struct CurveSettings {
    static constexpr int smoothingSteps = 20;

    QStringList metrics{lossKey}; ///< accuracyKey, ids of allMetrics, or names of other metrics; at least one
    bool sharesAxes = false;      ///< metrics of one unit in one plot; otherwise a plot each
    CurveX x = CurveX::Step;
    bool isXLogarithmic = false;
    bool isYLogarithmic = false;
    SmoothingKind smoothing = SmoothingKind::Exponential;
    int strength = 0; ///< from 0 (off) to smoothingSteps
    BandKind band = BandKind::Deviation;
    bool leavesOutliersOut = false;

    /// The position of the slider as the strength of its kind: weights close to 1, and up to 100 points of a
    /// kernel or 201 of a window.
    Smoothing smoothingOfCurves() const;
    bool operator==(const CurveSettings &) const = default;

    void store() const;
    /// The stored ones; unknown values are replaced by the defaults.
    static CurveSettings recall();
};

} // namespace simclr::ui
