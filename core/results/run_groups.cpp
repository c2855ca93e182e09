// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/run_groups.h"

#include "core/results/distinguishing_labels.h"
#include "core/util/hash.h"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_set>

namespace simclr {

namespace {

constexpr const char *seedPath = "seed";
constexpr std::size_t shortKey = 6;

/// Names are for readers, and the steps of a pipeline follow from its hash.
bool followsFromHash(const std::string &path, const FlatSettings &settings) {
    if (path == "dataset")
        return settings.has("dataset_fingerprint");
    return (path == "pipeline" || path.starts_with("pipeline.")) && settings.has("pipeline_hash");
}

/// The ids of options that only suit the machine; looked up for every option of every run.
using MachineOptions = std::unordered_set<std::string>;

MachineOptions machineOptions(const Schema &schema) {
    MachineOptions ids;
    for (const Parameter &parameter : schema)
        if (parameter.section == Section::Machine)
            ids.insert(parameter.id);
    return ids;
}

/// With its length, so that no two lists of texts are equal when joined.
void addPart(std::string &joined, const std::string &part) {
    joined += std::to_string(part.size()) + ":" + part;
}

std::string methodKey(const FlatSettings &settings, const MachineOptions &machine) {
    std::string joined;
    for (const auto &[path, value] : settings.values)
        if (path != seedPath && !machine.contains(path) && !followsFromHash(path, settings)) {
            addPart(joined, path);
            addPart(joined, value);
        }
    return sha256(joined);
}

/// The setting that identifies what a path names.
std::string identityOf(const std::string &path, const FlatSettings &settings) {
    const std::string identity = path == "pipeline"  ? "pipeline_hash"
                                 : path == "dataset" ? "dataset_fingerprint"
                                                     : path;
    return settings.value(settings.has(identity) ? identity : path);
}

std::string keyOf(const GroupLevel &level, const FlatSettings &settings, const MachineOptions &machine) {
    const std::string *path = std::get_if<std::string>(&level);
    return path != nullptr ? identityOf(*path, settings) : methodKey(settings, machine);
}

std::vector<RunGroup> groupsWithoutTitles(const std::vector<GroupedRun> &runs,
                                          const std::vector<std::size_t> &members, const GroupLevel &level,
                                          const Schema &schema) {
    const MachineOptions machine = machineOptions(schema);
    std::map<std::string, std::size_t> places;
    std::vector<RunGroup> groups;
    for (const std::size_t member : members) {
        const std::string key = keyOf(level, runs[member].settings, machine);
        const auto [place, isNew] = places.emplace(key, groups.size());
        if (isNew)
            groups.push_back({key, {}, {}, {}});
        groups[place->second].members.push_back(member);
    }
    return groups;
}

/// By the value of one setting. Two pipelines may have one name.
void titleByPath(std::vector<RunGroup> &groups, const std::vector<GroupedRun> &runs,
                 const std::string &path) {
    std::map<std::string, std::size_t> counts;
    for (RunGroup &group : groups) {
        group.title = shortLabel(path, runs[group.members.front()].settings.value(path));
        ++counts[group.title];
    }
    for (RunGroup &group : groups)
        if (counts[group.title] > 1)
            group.title += " · " + group.key.substr(0, shortKey);
}

void titleByDifference(std::vector<RunGroup> &groups, const std::vector<GroupedRun> &runs,
                       const Schema &schema) {
    std::vector<FlatSettings> settings;
    std::vector<std::string> names;
    for (const RunGroup &group : groups) {
        const FlatSettings &first = runs[group.members.front()].settings;
        settings.push_back(withoutMachineOptions(first, schema));
        names.push_back(groups.size() == 1 ? shortLabel("pipeline", first.value("pipeline"))
                                           : group.key.substr(0, shortKey));
    }
    const std::vector<std::string> labels = distinguishingLabels(settings, names);
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i].title = labels[i];
}

std::vector<RunGroup> groupMembers(const std::vector<GroupedRun> &runs,
                                   const std::vector<std::size_t> &members,
                                   std::span<const GroupLevel> levels, const Schema &schema) {
    if (levels.empty())
        return {};
    std::vector<RunGroup> groups = groupsWithoutTitles(runs, members, levels.front(), schema);
    if (const std::string *path = std::get_if<std::string>(&levels.front()))
        titleByPath(groups, runs, *path);
    else
        titleByDifference(groups, runs, schema);
    for (RunGroup &group : groups)
        group.groups = groupMembers(runs, group.members, levels.subspan(1), schema);
    return groups;
}

void addInnermost(const RunGroup &group, const std::string &outer, std::vector<RunGroup> &all) {
    const std::string title = outer.empty() ? group.title : outer + " · " + group.title;
    for (const RunGroup &inner : group.groups)
        addInnermost(inner, title, all);
    if (group.groups.empty())
        all.push_back({group.key, title, group.members, {}});
}

} // namespace

bool isMachineOption(const std::string &path, const Schema &schema) {
    const Parameter *parameter = find(schema, path);
    return parameter != nullptr && parameter->section == Section::Machine;
}

FlatSettings withoutMachineOptions(const FlatSettings &settings, const Schema &schema, SeedSetting seed) {
    const MachineOptions machine = machineOptions(schema);
    FlatSettings left;
    left.steps = settings.steps;
    for (const std::string &path : settings.paths)
        if (path == seedPath ? seed == SeedSetting::Kept : !machine.contains(path))
            left.add(path, settings.value(path));
    return left;
}

std::string groupKey(const FlatSettings &settings, const Schema &schema) {
    return methodKey(settings, machineOptions(schema));
}

std::vector<RunGroup> groupRuns(const std::vector<GroupedRun> &runs, const std::vector<GroupLevel> &levels,
                                const Schema &schema) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < runs.size(); ++i)
        all.push_back(i);
    return groupMembers(runs, all, levels, schema);
}

std::vector<RunGroup> innermostGroups(const std::vector<RunGroup> &groups) {
    std::vector<RunGroup> all;
    for (const RunGroup &group : groups)
        addInnermost(group, {}, all);
    return all;
}

std::vector<std::string> mixedSettings(const RunGroup &group, const std::vector<GroupedRun> &runs,
                                       const Schema &schema) {
    std::vector<FlatSettings> settings;
    for (const std::size_t member : group.members)
        settings.push_back(withoutMachineOptions(runs[member].settings, schema));
    std::vector<std::string> mixed;
    for (const DifferingSetting &setting : differingSettings(settings))
        mixed.push_back(setting.path);
    return mixed;
}

GroupStatistics groupStatistics(const RunGroup &group, const std::vector<std::optional<double>> &values) {
    std::vector<double> measured;
    for (const std::size_t member : group.members)
        if (values[member])
            measured.push_back(*values[member]);
    return {group.members.size(), summarise(measured)};
}

} // namespace simclr
