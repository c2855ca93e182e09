// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// What an accuracy is measured on beyond its protocol, split and epoch. Two results whose scopes differ are
/// different results.
struct ResultScope {
    std::string features = "h"; ///< "h", or "z": the output of the projection head
    double labels = 1;          ///< share of the training images whose labels were used, in (0, 1]
    std::int64_t seed = 0;      ///< of the labelled subset, and of the views of protocols that train
    std::string dataset;        ///< fingerprint of another dataset (transfer); empty: the run's own
    std::string datasetTitle;   ///< of that dataset
    std::string options;        ///< what differs from the protocol's own, "epochs 5, batch 64"; mostly empty

    /// Whether it is the ordinary one: all labels, h, the run's own images, the protocol's own options. Only
    /// such results stand in curves and tables that name no scope.
    bool isPlain() const { return isSame({}); }
    /// Titles do not count.
    bool isSame(const ResultScope &other) const {
        return features == other.features && labels == other.labels && seed == other.seed &&
               dataset == other.dataset && options == other.options;
    }
};

/// Judged images one by one; three lists of one length.
struct Predictions {
    std::vector<std::int32_t> samples;   ///< indices in their dataset
    std::vector<std::int32_t> labels;    ///< class indices
    std::vector<std::int32_t> predicted; ///< class indices

    bool operator==(const Predictions &) const = default;
};

/// What a person reads: "linear", "linear (10 % labels)", "kNN on z", "fine-tuned on Flowers (1 % labels,
/// seed 3, epochs 5)".
std::string resultTitle(const std::string &protocol, const ResultScope &scope);

} // namespace simclr
