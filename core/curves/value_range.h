// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/curve_pyramid.h"

#include <span>

namespace simclr {

/// The range of an axis that leaves outliers out: from the 1 % to the 99 % quantile of the finite values,
/// longer by a tenth of its length at both ends, but never beyond the values themselves. Empty if none is
/// finite. With fewer than 20 values nothing counts as an outlier.
Extremes rangeWithoutOutliers(std::span<const double> values);

} // namespace simclr
