// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/option_values.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace simclr {

class Connection;

/// An option and the number of runs that have it.
struct OptionPath {
    std::string path;
    std::int64_t runs = 0;
};

/// A value of an option and the number of runs that have it.
struct OptionCount {
    OptionValue value;
    std::int64_t runs = 0;
};

/// The options of the runs of a database as rows, so that lists can be filtered and grouped by them without
/// reading each run's config (RunRecord::config says the same). The config of a run never changes: options
/// are written when it is created. Counts leave out runs in the trash. A part of RunStore, see there.
class RunOptions {
  public:
    explicit RunOptions(Connection &connection) : m_connection(connection) {}

    /// Replaces the options of a run by those of its record (flatOptions).
    void set(RunId run, const NewRun &record);

    /// All options that a run has, in the order of their paths.
    std::vector<OptionPath> paths() const;
    /// The different values of an option: numbers in their order, then texts in theirs.
    std::vector<OptionCount> values(const std::string &path) const;
    /// The value of an option of each run that has it, including those in the trash.
    std::unordered_map<RunId, OptionValue> column(const std::string &path) const;
    /// All options of each of these runs. A run that does not exist has none.
    std::unordered_map<RunId, OptionValues> of(std::span<const RunId> runs) const;

  private:
    Connection &m_connection;
};

} // namespace simclr
