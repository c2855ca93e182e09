// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/flat_settings.h"
#include "core/store/records.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace simclr {
class RunStore;
}

namespace simclr::ui {

struct FieldValues;

/// Finds out which runs differ only in their seeds. What a run was trained with does not change, so each is
/// read once. Plain value; used in a background thread.
class Replicates {
  public:
    /// Keys of the groups with titles that say in what they differ. Throws StorageError.
    std::shared_ptr<const FieldValues> read(const RunStore &store, const std::vector<RunId> &runs);

  private:
    /// Titles that say in what the groups differ.
    void nameByDifferences(FieldValues &values, const std::set<std::string> &keys) const;
    void nameByPipelines(FieldValues &values, const std::set<std::string> &keys) const;
    const std::string &keyOf(const RunStore &store, RunId run);

    std::unordered_map<RunId, std::string> m_keys;
    std::map<std::string, FlatSettings> m_examples; ///< the settings of one run of each group
};

} // namespace simclr::ui
