// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace simclr {

/// Both ends of an interval of shares, within [0, 1].
struct ShareInterval {
    double low = 0;
    double high = 1;
};

/// The 95 % interval of a share that was measured on `trials` independent cases (Wilson 1927, without
/// continuity correction). Nothing without a case, and for what is no share.
std::optional<ShareInterval> binomialInterval(double share, std::int64_t trials);

} // namespace simclr
