// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <span>

namespace simclr {

/// Mean and spread of a sample.
struct SampleSummary {
    std::size_t count = 0;                                  ///< of finite values
    double mean = std::numeric_limits<double>::quiet_NaN(); ///< NaN without values
    double sd = std::numeric_limits<double>::quiet_NaN();   ///< with divisor n − 1; NaN below two values

    /// sd / √n, the standard deviation of the mean.
    double standardError() const;
};

/// Values that are not finite are left out. The deviation of equal values is exactly 0.
SampleSummary summarise(std::span<const double> values);

} // namespace simclr
