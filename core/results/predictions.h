// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace simclr {

/// Evaluated images one by one; three lists of one length.
struct Predictions {
    std::vector<std::int32_t> samples;   ///< indices in their dataset
    std::vector<std::int32_t> labels;    ///< class indices
    std::vector<std::int32_t> predicted; ///< class indices

    bool operator==(const Predictions &) const = default;
};

} // namespace simclr
