// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset_cache.h"
#include "core/run/run_features.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace simclr::ui {

/// Features of a run with the images that they are of.
struct ExploredFeatures {
    DatasetPtr images;
    RunFeatures features;
    bool areRunImages = false; ///< the images are those of the training: stored predictions name them
};

using FeaturesPtr = std::shared_ptr<const ExploredFeatures>;

/// The features that the views of the Explore tab look at: computed once, the recent ones kept in memory.
/// Owned by the ExplorePanel, which outlives the workers of its views; safe to use from any number of
/// threads.
class FeatureCache {
  public:
    /// Keeps up to `bytes` of values, and always the two newest tables.
    explicit FeatureCache(DatasetCache &images, std::size_t bytes = std::size_t{1} << 30);

    /// nullptr if they were not computed, or are no longer kept.
    FeaturesPtr find(const RunRecord &run, const FeatureRequest &request) const;
    /// Computes them if necessary, one table at a time, and opens the images of the run. nullptr if `stop`
    /// was requested. Throws as openDataset() and runFeatures().
    FeaturesPtr load(const RunRecord &run, const FeatureRequest &request, const std::stop_token &stop);

    /// The same, in the same order, but what it computes is not kept.
    FeaturesPtr loadOnce(const RunRecord &run, const FeatureRequest &request, const std::stop_token &stop);

  private:
    struct Entry {
        std::string key;
        FeaturesPtr features;
    };

    FeaturesPtr load(const RunRecord &run, const FeatureRequest &request, const std::stop_token &stop,
                     bool isKept);
    FeaturesPtr findKey(const std::string &key) const;
    FeaturesPtr compute(const RunRecord &run, const FeatureRequest &request, const std::stop_token &stop);
    void keep(const std::string &key, const FeaturesPtr &features);

    DatasetCache &m_images;
    std::size_t m_budget;
    std::timed_mutex m_computing; ///< all tables need the same processors
    mutable std::mutex m_lock;    ///< guards m_entries
    std::vector<Entry> m_entries; ///< oldest first
};

/// The images of a run: those that are open with its content, otherwise what its source contains now. nullptr
/// if `stop` was requested. Throws as openDataset().
DatasetPtr openRunImages(DatasetCache &images, const RunRecord &run, const std::stop_token &stop);

} // namespace simclr::ui
