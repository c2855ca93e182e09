// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/runs/explore/feature_cache.h"

#include <cstdint>
#include <vector>

namespace simclr::ui {

/// The images of a map, one per row. A plain value; the features are shared.
struct MappedImages {
    FeaturesPtr features;
    std::vector<std::int32_t> predicted; ///< class of each row; −1: not evaluated

    const FeatureTable &table() const { return features->features.table; }
    const Dataset &images() const { return *features->images; }
};

/// The classes that the newest linear evaluation of the run, or else kNN, predicted for the rows, from its
/// database; −1 for the others. An unreadable database counts as no evaluation.
std::vector<std::int32_t> predictedClasses(const RunRecord &run, const ExploredFeatures &features);

} // namespace simclr::ui
