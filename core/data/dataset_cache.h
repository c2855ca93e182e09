// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace simclr {

/// The datasets that are open in this program, so that whoever needs one of them again gets the same. Owns
/// none of them. Safe to use from any number of threads.
class DatasetCache {
  public:
    /// Remembers an open dataset and its parts; a later one of the same source replaces it.
    void add(const DatasetPtr &dataset);

    /// The open dataset of this content, or of this source if no dataset of this content is open; nullptr if
    /// there is none. An empty fingerprint or source matches nothing.
    DatasetPtr find(const std::string &source, const std::string &fingerprint) const;

    /// The open dataset of this content, or, if no fingerprint is given, of this source; otherwise what is
    /// there now, opened from `source`, with parts that are open already, unless they have changed. The file
    /// of a selection is read again if no fingerprint is given. Throws as openDataset().
    DatasetPtr open(const std::string &source, const std::string &fingerprint, const OpenOptions &options);

  private:
    void addLocked(const DatasetPtr &dataset);
    std::vector<DatasetPtr> allOpen() const;
    DatasetPtr openNow(const std::string &source, const std::string &fingerprint, OpenOptions options) const;

    mutable std::mutex m_lock;
    std::map<std::string, std::weak_ptr<const Dataset>> m_bySource;
};

} // namespace simclr
