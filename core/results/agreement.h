// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/predictions.h"

#include <cstddef>
#include <optional>
#include <span>

namespace simclr {

/// How far the predictions of two evaluations agree on the images that both contain.
struct Agreement {
    std::size_t common = 0; ///< images in both
    std::size_t same = 0;   ///< images for which both predict one class
    std::size_t bothRight = 0;
    std::size_t bothWrong = 0;  ///< also if they predict different wrong classes
    std::size_t firstOnly = 0;  ///< images that only the first has right
    std::size_t secondOnly = 0; ///< images that only the second has right

    /// same / common, in [0, 1]; nothing if no image is in both.
    std::optional<double> share() const;
};

/// Both must be of one dataset; throws InvalidInput if a sample's label differs between them.
Agreement agreement(const Predictions &first, const Predictions &second);

/// The agreement of each evaluation with each other one: (n, n), row by row; symmetric except for firstOnly
/// and secondOnly.
std::vector<Agreement> agreementMatrix(std::span<const Predictions> evaluations);

/// The samples, in ascending order, that `right` has right and `wrong` has wrong.
std::vector<std::int32_t> rightInFirstOnly(const Predictions &right, const Predictions &wrong);

} // namespace simclr
