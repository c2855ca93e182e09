// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/group_curve.h"
#include "core/curves/smoothing.h"

#include <QString>

namespace simclr::ui {

/// "time-weighted exponential moving average, weight 0.900", "Gaussian kernel, σ = 4 points", …; empty
/// without smoothing.
QString smoothingText(const Smoothing &smoothing);
/// "95 % interval of the mean (Student's t)", …; empty without a band.
QString bandText(BandKind band);

} // namespace simclr::ui
