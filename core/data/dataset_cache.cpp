// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_cache.h"

namespace simclr {

void DatasetCache::add(const DatasetPtr &dataset) {
    const std::lock_guard lock(m_lock);
    std::erase_if(m_bySource, [](const auto &each) { return each.second.expired(); });
    m_bySource[dataset->report().source] = dataset;
}

DatasetPtr DatasetCache::find(const std::string &source, const std::string &fingerprint) const {
    const std::lock_guard lock(m_lock);
    DatasetPtr found;
    for (const auto &[name, reference] : m_bySource) {
        const DatasetPtr dataset = reference.lock();
        if (!dataset)
            continue;
        if (!fingerprint.empty() && dataset->fingerprint() == fingerprint)
            return dataset;
        if (name == source)
            found = dataset;
    }
    return found;
}

DatasetPtr DatasetCache::open(const std::string &source, const std::string &fingerprint,
                              const OpenOptions &options) {
    DatasetPtr known = find(source, fingerprint);
    if (known && (fingerprint.empty() || known->fingerprint() == fingerprint))
        return known;
    DatasetPtr opened = openDataset(source, options);
    if (known && known->fingerprint() == opened->fingerprint())
        return known;
    add(opened);
    const std::lock_guard lock(m_lock);
    m_bySource[source] = opened; // its own name for the source may be longer: "shapes:1" for "shapes"
    return opened;
}

} // namespace simclr
