// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/results/flat_settings.h"
#include "core/statistics/sample_summary.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace simclr {

/// A run to be grouped. Its settings have the paths of runSettings().
struct GroupedRun {
    std::int64_t run = 0;
    std::int64_t seed = 0;
    FlatSettings settings;
};

/// Whether a setting is that of an option that only suits the machine (Section::Machine of `schema`): device,
/// precision, threads, checkpoints; and the seed.
bool isMachineOption(const std::string &path, const Schema &schema);

enum class SeedSetting { Kept, LeftOut };

/// The settings without machine options: what curves and groups are told apart by.
FlatSettings withoutMachineOptions(const FlatSettings &settings, const Schema &schema,
                                   SeedSetting seed = SeedSetting::LeftOut);

/// Identifies everything that a run was trained with, except the seed and machine options: 64 hexadecimal
/// digits, equal for runs that are replicates of each other in different seeds, in any order of their
/// settings. Names of pipelines and datasets do not count, their hashes do.
std::string groupKey(const FlatSettings &settings, const Schema &schema);

/// A level of grouping: by everything but the seed, …
struct AllButSeed {};
/// … or by the setting of this path: "batch", "pipeline", "dataset".
using GroupLevel = std::variant<AllButSeed, std::string>;

/// Runs that agree in what they are grouped by.
struct RunGroup {
    std::string key;                  ///< groupKey(), or the value of the setting
    std::string title;                ///< what differs from the other groups: "batch 256 · crop + colour"
    std::vector<std::size_t> members; ///< indices of the runs, in their order
    std::vector<RunGroup> groups;     ///< by the next level; empty on the last one
};

/// The groups of the first level, in the order of their first runs, with those of further levels inside.
/// A group by everything but the seed that has no other beside it has the name of its pipeline as title.
std::vector<RunGroup> groupRuns(const std::vector<GroupedRun> &runs, const std::vector<GroupLevel> &levels,
                                const Schema &schema);

/// The innermost groups, in order; their titles contain those of the groups around them.
std::vector<RunGroup> innermostGroups(const std::vector<RunGroup> &groups);

/// The paths of settings other than the seed and machine options in which the runs of a group differ
/// ("batch", "pipeline"): what its mean averages over besides seeds. Empty for groups by everything but the
/// seed.
std::vector<std::string> mixedSettings(const RunGroup &group, const std::vector<GroupedRun> &runs,
                                       const Schema &schema);

/// A value over all runs of a group.
struct GroupStatistics {
    std::size_t runs = 0;  ///< with or without the value
    SampleSummary summary; ///< over the runs that have it: each counts once, also if seeds repeat
};

/// `values` has one entry per run, as the indices of the group's members: nothing where it was not measured.
/// Values that are not finite count as missing.
GroupStatistics groupStatistics(const RunGroup &group, const std::vector<std::optional<double>> &values);

} // namespace simclr
