// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace simclr {

/// Both ends of an interval of a proportion, within [0, 1].
struct ShareInterval {
    double low = 0;
    double high = 1;
};

/// The 95 % confidence interval of a proportion measured on `trials` independent cases (Wilson 1927, without
/// continuity correction). Nothing if `trials` is 0 or the value is not a proportion.
std::optional<ShareInterval> binomialInterval(double share, std::int64_t trials);

} // namespace simclr
