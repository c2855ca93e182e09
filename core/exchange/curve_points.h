// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/imported_run.h"

#include <vector>

namespace simclr {

/// Puts points in the order of their steps; of several with one step, the last one is kept.
void orderBySteps(std::vector<MetricPoint> &points);

/// If there is a curve "epoch" whose values can be epochs, each point of all curves gets its last value that
/// is not after the point.
void takeEpochs(Curves &curves);

} // namespace simclr
