// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/predictions.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace simclr {

/// How far the predictions of two evaluations agree on the images that both contain.
struct Agreement {
    std::size_t common = 0; ///< images in both
    std::size_t same = 0;   ///< images for which both predict one class
    std::size_t bothRight = 0;
    std::size_t bothWrong = 0;  ///< also if they predict different wrong classes
    std::size_t firstOnly = 0;  ///< images that only the first has right
    std::size_t secondOnly = 0; ///< images that only the second has right
    /// The share on which both would agree by chance: if each predicted its classes as often as it does, but
    /// independently of the other.
    double byChance = 0;

    /// same / common, in [0, 1]; nothing if no image is in both.
    std::optional<double> share() const;
    /// Cohen's κ (Cohen 1960), the agreement beyond chance: 1 for equal predictions, 0 for independent ones.
    /// Nothing if no image is in both, or if both always predict one same class.
    std::optional<double> kappa() const;
};

/// Both must be of one dataset; throws InvalidInput if a sample's label differs between them.
Agreement agreement(const Predictions &first, const Predictions &second);

/// The agreement of each evaluation with each other one: (n, n), row by row; symmetric except for firstOnly
/// and secondOnly. A pair for which `isWanted`, if given, is false is not compared and has nothing in common.
std::vector<Agreement> agreementMatrix(std::span<const Predictions> evaluations,
                                       const std::function<bool(std::size_t, std::size_t)> &isWanted = {});

/// An order of n evaluations in which similar ones are neighbours: that of the leaves of clusters by average
/// agreement, of which the two that agree most are joined first. `matrix` is that of agreementMatrix().
std::vector<std::size_t> orderByAgreement(std::span<const Agreement> matrix);

/// The samples, in ascending order, that `right` has right and `wrong` has wrong.
std::vector<std::int32_t> rightInFirstOnly(const Predictions &right, const Predictions &wrong);

} // namespace simclr
