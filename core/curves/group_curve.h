// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/curve_view.h"

#include <cstddef>
#include <vector>

namespace simclr {

/// The band around the mean of several runs.
enum class BandKind {
    None,
    Deviation,     ///< ± standard deviation s of the runs (n − 1 in the denominator)
    StandardError, ///< ± s/√n
    Interval95, ///< ± t s/√n, the 95 % interval of the mean (Student's t with n − 1 degrees of freedom)
    Range,      ///< from the lowest to the highest run
};

/// Several runs as one curve.
struct GroupCurve {
    std::vector<double> xs;   ///< every x at which any of the runs has a point
    std::vector<double> mean; ///< of the runs that have a line there; NaN if none has
    std::vector<double> low;  ///< lower end of the band; NaN for fewer than two runs, or without a band
    std::vector<double> high;
    std::vector<int> counts; ///< n: how many runs the values are of
};

/// Aligns the runs on x and averages them. Between its points a run is interpolated linearly; before its
/// first point, after its last one and beside a gap it has no value and is not counted.
GroupCurve groupCurve(std::span<const CurveView> runs, BandKind band);

/// The indices at which n is smaller than just before, or at the beginning than later: where a mean becomes
/// one of other runs.
std::vector<std::size_t> fallsOfCount(const GroupCurve &group);

} // namespace simclr
