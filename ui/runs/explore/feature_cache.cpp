// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/feature_cache.h"

#include <algorithm>
#include <chrono>

namespace simclr::ui {

namespace {

/// What the features depend on: a run that is trained further has other ones.
std::string keyOf(const RunRecord &run, const FeatureRequest &request) {
    const std::vector<std::int64_t> steps = checkpointSteps(run);
    const std::int64_t step = request.step ? *request.step : steps.empty() ? -1 : steps.back();
    std::string weights;
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.step == step)
            weights = artifact.sha256;
    return run.database.string() + '\n' + std::to_string(run.id) + '\n' + std::to_string(step) + '\n' +
           weights + '\n' + (request.features == FeatureKind::Z ? "z" : "h") + '\n' + request.split;
}

std::size_t bytesOf(const FeaturesPtr &features) {
    return features->features.table.values.size() * sizeof(float);
}

/// Holds a mutex, or gives up when it is asked to.
class Turn {
  public:
    Turn(std::timed_mutex &mutex, const std::stop_token &stop) : m_lock(mutex, std::defer_lock) {
        constexpr std::chrono::milliseconds pause{20};
        while (!stop.stop_requested() && !m_lock.try_lock_for(pause))
            continue;
    }
    explicit operator bool() const { return m_lock.owns_lock(); }

  private:
    std::unique_lock<std::timed_mutex> m_lock;
};

} // namespace

DatasetPtr openRunImages(DatasetCache &images, const RunRecord &run, const std::stop_token &stop) {
    OpenOptions options;
    options.stop = stop;
    try {
        return images.open(run.dataset.source, run.dataset.fingerprint, options);
    } catch (const OpeningCancelled &) {
        return nullptr;
    }
}

FeatureCache::FeatureCache(DatasetCache &images, std::size_t bytes) : m_images(images), m_budget(bytes) {}

FeaturesPtr FeatureCache::find(const RunRecord &run, const FeatureRequest &request) const {
    return findKey(keyOf(run, request));
}

FeaturesPtr FeatureCache::findKey(const std::string &key) const {
    const std::lock_guard lock(m_lock);
    const auto found = std::ranges::find(m_entries, key, &Entry::key);
    return found == m_entries.end() ? nullptr : found->features;
}

FeaturesPtr FeatureCache::load(const RunRecord &run, const FeatureRequest &request,
                               const std::stop_token &stop) {
    return load(run, request, stop, true);
}

FeaturesPtr FeatureCache::loadOnce(const RunRecord &run, const FeatureRequest &request,
                                   const std::stop_token &stop) {
    return load(run, request, stop, false);
}

FeaturesPtr FeatureCache::load(const RunRecord &run, const FeatureRequest &request,
                               const std::stop_token &stop, bool isKept) {
    const std::string key = keyOf(run, request);
    if (const FeaturesPtr known = findKey(key)) {
        if (isKept)
            keep(key, known); // as the newest
        return known;
    }
    const Turn turn(m_computing, stop);
    if (!turn)
        return nullptr;
    FeaturesPtr features = findKey(key); // another view may just have computed them
    if (!features)
        features = compute(run, request, stop);
    if (features && isKept)
        keep(key, features);
    return features;
}

FeaturesPtr FeatureCache::compute(const RunRecord &run, const FeatureRequest &request,
                                  const std::stop_token &stop) {
    auto explored = std::make_shared<ExploredFeatures>();
    explored->images = openRunImages(m_images, run, stop);
    if (!explored->images)
        return nullptr;
    auto features = runFeatures(run, *explored->images, request, stop);
    if (!features)
        return nullptr;
    explored->features = std::move(*features);
    explored->areRunImages = explored->images->fingerprint() == run.dataset.fingerprint;
    return explored;
}

void FeatureCache::keep(const std::string &key, const FeaturesPtr &features) {
    const std::lock_guard lock(m_lock);
    std::erase_if(m_entries, [&key](const Entry &entry) { return entry.key == key; });
    m_entries.push_back({key, features});
    std::size_t bytes = 0;
    for (const Entry &entry : m_entries)
        bytes += bytesOf(entry.features);
    while (bytes > m_budget && m_entries.size() > 2) {
        bytes -= bytesOf(m_entries.front().features);
        m_entries.erase(m_entries.begin());
    }
}

} // namespace simclr::ui
