// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_cache.h"

#include "core/data/data_source.h"

namespace simclr {

namespace {

/// The list of a selection may have been written again; to read it takes little time.
bool isChangeable(const std::string &source) {
    return !dataSourceFromText(source).selection.empty();
}

} // namespace

void DatasetCache::add(const DatasetPtr &dataset) {
    const std::lock_guard lock(m_lock);
    std::erase_if(m_bySource, [](const auto &each) { return each.second.expired(); });
    addLocked(dataset);
}

void DatasetCache::addLocked(const DatasetPtr &dataset) {
    for (const DatasetPtr &part : dataset->parts())
        addLocked(part);
    m_bySource[dataset->report().source] = dataset;
}

std::vector<DatasetPtr> DatasetCache::allOpen() const {
    const std::lock_guard lock(m_lock);
    std::vector<DatasetPtr> open;
    for (const auto &[name, reference] : m_bySource)
        if (DatasetPtr dataset = reference.lock())
            open.push_back(std::move(dataset));
    return open;
}

/// An open part of it may be older than what is there now.
DatasetPtr DatasetCache::openNow(const std::string &source, const std::string &fingerprint,
                                 OpenOptions options) const {
    options.openParts = allOpen();
    const DatasetPtr opened = openDataset(source, options);
    if (fingerprint.empty() || opened->fingerprint() == fingerprint || opened->parts().empty())
        return opened;
    options.openParts.clear();
    return openDataset(source, options);
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
    if (known && (fingerprint.empty() ? !isChangeable(source) : known->fingerprint() == fingerprint))
        return known;
    DatasetPtr opened = openNow(source, fingerprint, options);
    if (known && known->fingerprint() == opened->fingerprint())
        return known;
    add(opened);
    const std::lock_guard lock(m_lock);
    m_bySource[source] = opened; // its own name for the source may be longer: "shapes:1" for "shapes"
    return opened;
}

} // namespace simclr
