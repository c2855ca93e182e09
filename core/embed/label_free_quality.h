// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/feature_table.h"

#include <optional>
#include <span>

namespace simclr {

/// Quality of a representation from its features alone, for people without labels. Each may rank encoders or
/// not: compare with accuracies where there are some (rankCorrelation()).
struct LabelFreeQuality {
    std::size_t images = 0;         ///< measured
    double rankMe = 0;              ///< effective rank of the features, in [1, d] (Garrido et al. 2023)
    std::optional<double> alphaReq; ///< decay of the eigenvalues of the covariance; about 1 is best (Agrawal
                                    ///< et al. 2022). Nothing if too few of them are above 0
    double uniformity =
        0; ///< ln E exp(−2‖a − b‖²) over pairs of unit vectors, in [−8, 0] (Wang and Isola 2020)
};

/// Of at most 25,600 rows, as RankMe's authors take, and for the uniformity of at most 2048; evenly spaced
/// over the table. Throws InvalidInput if the table is empty or not finite.
LabelFreeQuality labelFreeQuality(const FeatureTable &table);

/// The exponent α of λᵢ ∝ i^(−α), by linear regression of ln λᵢ on ln i at the ranks 4 to 100 with weights
/// 1 / i, as in the authors' code (the paper names no ranks). `eigenvalues` are in descending order; those
/// below 10⁻¹⁰ of the first are rounding and left out. Nothing if fewer than 8 ranks remain.
std::optional<double> spectrumDecay(std::span<const double> eigenvalues);

} // namespace simclr
