// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/feature_table.h"

#include <optional>
#include <stop_token>

namespace simclr {

/// Two rows of a FeatureTable; `first` < `second`.
struct SimilarPair {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    float cosine = 0;

    bool operator==(const SimilarPair &) const = default;
};

struct DuplicateOptions {
    double threshold = 0.98;    ///< pairs with a larger cosine are listed, in (−1, 1)
    bool onlyLeaks = false;     ///< only pairs in different splits
    std::size_t most = 100'000; ///< pairs that are kept: the most similar ones
    int threads = 0;            ///< 0: one per core; has no effect on the result
};

struct NearDuplicates {
    std::vector<SimilarPair> pairs; ///< the most similar first, then by row
    std::uint64_t found = 0;        ///< all pairs above the threshold
};

/// Whether the images are in different splits: then what is measured on one was seen in the other. Nothing is
/// measured on images of training or on those that are only learned from.
bool isLeak(const FeatureTable &table, const SimilarPair &pair);

/// All pairs of rows whose cosine is above a threshold, by products of matrices in tiles: never more than
/// some tiles and twice `most` pairs in memory. Rows of zeros are similar to nothing. Returns nothing if
/// `stop` was requested. Throws InvalidInput if the table is empty or not finite.
std::optional<NearDuplicates> nearDuplicates(const FeatureTable &table, const DuplicateOptions &options,
                                             const std::stop_token &stop = {});

} // namespace simclr
