// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace simclr {

/// One property of every case.
struct ForestFeature {
    std::vector<double> values; ///< one per case: numbers, or codes of categories; not NaN
    bool isOrdered = true;      ///< false: a code means nothing but itself
};

/// How much a random forest relies on each feature.
struct ForestImportance {
    std::size_t cases = 0;
    /// Share of the target's variance that the forest explains in cases that a tree has not seen (R²); at
    /// most 1, and 0 or below if it explains nothing: then the importances mean nothing either.
    double explained = 0;
    /// Per feature: by how much the squared error in unseen cases increases if the feature's values are
    /// shuffled, as a share of the target's variance. Below 0 by chance. Features that vary together share
    /// what they explain.
    std::vector<double> importance;
};

/// Regression by a random forest with permutation importance (Breiman 2001, sections 3 and 10): 200 trees,
/// each on a bootstrap sample of at most 512 cases, a third of the features (at least two) tried at each
/// node, at least two cases in a leaf. An ordered feature splits at a threshold, any other one category
/// against the rest.
///
/// Equal arguments give equal results on every machine. Nothing for fewer than eight cases, without features,
/// or if all targets are equal. `target` is finite and has one value per case.
std::optional<ForestImportance> forestImportance(const std::vector<ForestFeature> &features,
                                                 const std::vector<double> &target, std::uint64_t seed);

} // namespace simclr
