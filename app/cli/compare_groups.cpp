// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compare_groups.h"

#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/results/result_text.h"
#include "core/results/run_groups.h"
#include "core/results/verdict_text.h"
#include "core/store/run_settings.h"
#include "core/train/train_options.h"
#include "core/util/error.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>

namespace simclr::cli {

namespace {

/// The runs in groups, with one accuracy of each.
struct GroupedRuns {
    std::vector<RunRecord> records;
    std::vector<GroupedRun> runs;
    std::vector<std::optional<double>> values;
    std::vector<RunGroup> groups;
    std::size_t baseline = 0; ///< among the groups
    Protocol protocol = Protocol::Linear;
    Split split = Split::Test;
};

/// A group that was compared with the baseline.
struct Comparison {
    const RunGroup &group;
    SeedVerdict verdict;
    std::string sentence;
};

const Schema &trainingSchema() {
    return trainOptionsDescription().schema();
}

std::vector<RunRecord> recordsOf(const RunStore &store, const std::vector<RunId> &ids) {
    std::vector<RunRecord> records;
    if (ids.empty()) {
        records = store.runs().all();
        std::ranges::reverse(records); // the oldest first
    }
    for (const RunId id : ids)
        records.push_back(store.runs().one(id));
    return records;
}

void requireOption(const std::string &path, const std::vector<GroupedRun> &runs) {
    if (std::ranges::none_of(runs, [&](const GroupedRun &run) { return run.settings.has(path); }))
        throw InvalidInput("no run has the option \"" + path +
                           "\"; \"simclr train --help\" lists them, \"pipeline\" and \"dataset\" also group");
}

std::vector<GroupLevel> levelsOf(const GroupArguments &arguments, const std::vector<GroupedRun> &runs) {
    if (arguments.by.empty())
        return {AllButSeed()};
    std::vector<GroupLevel> levels;
    for (const std::string &path : arguments.by) {
        requireOption(path, runs);
        levels.emplace_back(path);
    }
    return levels;
}

bool hasRun(const RunGroup &group, const std::vector<GroupedRun> &runs, const std::string &number) {
    return std::ranges::any_of(
        group.members, [&](std::size_t member) { return std::to_string(runs[member].run) == number; });
}

/// A group may be named by one of its runs.
std::size_t baselineIn(const GroupedRuns &all, const std::string &name) {
    if (name.empty())
        return 0;
    std::string titles;
    for (std::size_t i = 0; i < all.groups.size(); ++i) {
        if (all.groups[i].title == name || hasRun(all.groups[i], all.runs, name))
            return i;
        titles += (titles.empty() ? "\"" : ", \"") + all.groups[i].title + "\"";
    }
    throw InvalidInput("no group contains run " + name + " or has this title; the groups are " + titles);
}

GroupedRuns groupedBy(const GroupArguments &arguments, std::vector<RunRecord> records) {
    if (records.empty())
        throw InvalidInput("there are no runs to group");
    GroupedRuns all;
    all.protocol = protocolFromName(arguments.protocol);
    all.split = splitFromName(arguments.split);
    all.records = std::move(records);
    all.runs = groupedRuns(all.records, trainingSchema());
    for (const RunRecord &run : all.records) {
        const Result *result = finalResult(run, all.protocol, all.split);
        all.values.push_back(result != nullptr ? std::optional(result->value) : std::nullopt);
    }
    all.groups = innermostGroups(groupRuns(all.runs, levelsOf(arguments, all.runs), trainingSchema()));
    all.baseline = baselineIn(all, arguments.baseline);
    return all;
}

SeedGroup seedsOf(const RunGroup &group, const GroupedRuns &all) {
    SeedGroup seeds;
    for (const std::size_t member : group.members)
        if (all.values[member])
            seeds.push_back({all.runs[member].run, all.runs[member].seed, *all.values[member],
                             all.records[member].dataset.evaluatedFingerprint()});
    return seeds;
}

std::vector<Comparison> comparisonsIn(const GroupedRuns &all, double points) {
    std::vector<SeedGroup> groups;
    std::vector<Comparison> comparisons;
    for (const RunGroup &group : all.groups)
        if (&group != &all.groups[all.baseline]) {
            groups.push_back(seedsOf(group, all));
            comparisons.push_back({group, {}, {}});
        }
    const auto verdicts = compareWithBaseline(groups, seedsOf(all.groups[all.baseline], all), points / 100);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        comparisons[i].verdict = verdicts[i];
        comparisons[i].sentence = simclr::toText(
            sentenceOn(verdicts[i], comparisons[i].group.title, comparedAccuracy(all.protocol)));
    }
    return comparisons;
}

/// "1, 2, 3, 4, 5, 6, … (12)"
std::string runsText(const RunGroup &group, const GroupedRuns &all) {
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, group.members.size()); ++i)
        text += (i > 0 ? ", " : "") + std::to_string(all.runs[group.members[i]].run);
    return group.members.size() > most ? text + ", … (" + std::to_string(group.members.size()) + ")" : text;
}

/// "62.1 % ± 2.5"; the deviation only of two values or more.
std::string meanText(const SampleSummary &summary) {
    const std::string mean = percentText(summary.count > 0 ? &summary.mean : nullptr);
    return summary.count > 1 ? mean + " ± " + fixedText(summary.sd * 100, 1) : mean;
}

/// "3", or "2 of 3" if a run lacks the value.
std::string countText(const GroupStatistics &statistics) {
    const std::string count = std::to_string(statistics.summary.count);
    return statistics.summary.count == statistics.runs ? count
                                                       : count + " of " + std::to_string(statistics.runs);
}

std::string resultName(const GroupedRuns &all) {
    return simclr::toText(protocolMessage(all.protocol)) + ", " + nameOf(all.split);
}

std::string tableText(const GroupedRuns &all) {
    using enum TextTable::Alignment;
    TextTable table({Left, Left, Right, Right});
    table.addRow({"group", "runs", resultName(all), "n"});
    for (const RunGroup &group : all.groups) {
        const GroupStatistics statistics = groupStatistics(group, all.values);
        table.addRow(
            {group.title, runsText(group, all), meanText(statistics.summary), countText(statistics)});
    }
    return table.text() +
           "±: standard deviation over the n runs that have this accuracy at their last epoch\n";
}

/// What a mean averages over besides seeds.
std::string mixedText(const GroupedRuns &all) {
    std::string text;
    for (const RunGroup &group : all.groups) {
        std::string paths;
        for (const std::string &path : mixedSettings(group, all.runs, trainingSchema()))
            paths += (paths.empty() ? "" : ", ") + path;
        if (!paths.empty())
            text += printable("the runs of \"" + group.title + "\" also differ in: " + paths) + "\n";
    }
    return text;
}

std::string sentencesText(const GroupedRuns &all, const std::vector<Comparison> &comparisons) {
    std::string text = "\nagainst \"" + printable(all.groups[all.baseline].title) + "\":\n";
    for (const Comparison &comparison : comparisons)
        text += printable(comparison.sentence) + "\n";
    return comparisons.empty() ? "\nThere is only one group: nothing to compare it with.\n" : text;
}

Json numberOrNull(double number) {
    return std::isfinite(number) ? Json(number) : Json();
}

Json groupToJson(const RunGroup &group, const GroupedRuns &all) {
    const GroupStatistics statistics = groupStatistics(group, all.values);
    Json runs = Json::array();
    for (const std::size_t member : group.members)
        runs.push_back({{"run", all.runs[member].run},
                        {"seed", all.runs[member].seed},
                        {"value", all.values[member] ? Json(*all.values[member]) : Json()}});
    return {{"title", group.title},
            {"key", group.key},
            {"runs", std::move(runs)},
            {"n", statistics.summary.count},
            {"mean", numberOrNull(statistics.summary.mean)},
            {"sd", numberOrNull(statistics.summary.sd)},
            {"also_differ_in", mixedSettings(group, all.runs, trainingSchema())}};
}

void addEstimate(const SeedVerdict &verdict, Json &json) {
    if (!verdict.estimate)
        return;
    json["test"] = nameOf(verdict.test);
    json["interval"] = {verdict.estimate->low, verdict.estimate->high};
    json["degrees_of_freedom"] = verdict.estimate->degrees;
    json["p"] = verdict.estimate->p;
    json["adjusted_p"] = verdict.adjustedP;
    json["comparisons"] = verdict.comparisons;
    json["seeds_to_show"] = verdict.seedsToShow ? Json(*verdict.seedsToShow) : Json();
    json["difference_to_show"] = verdict.toShow;
}

Json comparisonToJson(const Comparison &comparison) {
    const SeedVerdict &verdict = comparison.verdict;
    Json json = {{"group", comparison.group.title},
                 {"verdict", nameOf(verdict.verdict)},
                 {"reason", verdict.reason ? Json(nameOf(*verdict.reason)) : Json()},
                 {"seeds", verdict.seeds},
                 {"baseline_seeds", verdict.baselineSeeds},
                 {"difference", numberOrNull(verdict.difference)}};
    addEstimate(verdict, json);
    json["sentence"] = comparison.sentence;
    return json;
}

Json toJson(const GroupedRuns &all, const std::vector<Comparison> &comparisons) {
    Json groups = Json::array();
    for (const RunGroup &group : all.groups)
        groups.push_back(groupToJson(group, all));
    Json list = Json::array();
    for (const Comparison &comparison : comparisons)
        list.push_back(comparisonToJson(comparison));
    return {{"protocol", nameOf(all.protocol)},
            {"split", nameOf(all.split)},
            {"groups", std::move(groups)},
            {"baseline", all.groups[all.baseline].title},
            {"comparisons", std::move(list)}};
}

} // namespace

void addGroupOptions(CLI::App &command, GroupArguments &arguments) {
    constexpr const char *section = "Groups of runs";
    command
        .add_flag("--groups", arguments.isByAllButSeed,
                  "Compare groups of runs that differ only in their seed; without runs, of all runs")
        ->group(section);
    command
        .add_option("--by", arguments.by,
                    "Compare groups by these options, such as batch,pipeline, instead of by all but the seed")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group(section);
    command
        .add_option("--baseline", arguments.baseline,
                    "The group to compare with: the number of one of its runs, or its title; default: the "
                    "group of the first run")
        ->group(section);
    command.add_option("--protocol", arguments.protocol, "The accuracy to compare")
        ->capture_default_str()
        ->group(section);
    command.add_option("--split", arguments.split, "The images it was measured on: test or validation")
        ->capture_default_str()
        ->group(section);
    command
        .add_option("--points", arguments.points,
                    "Estimate how many seeds would show a difference of so many percentage points")
        ->check(CLI::Range(0.01, 100.0))
        ->capture_default_str()
        ->group(section);
}

int compareGroupsOf(const std::vector<RunId> &runs, const GroupArguments &arguments,
                    const OutputOptions &output) {
    const RunStore store = openExisting(output.database);
    const GroupedRuns all = groupedBy(arguments, recordsOf(store, runs));
    const std::vector<Comparison> comparisons = comparisonsIn(all, arguments.points);
    if (output.json)
        printJson(toJson(all, comparisons));
    else
        std::cout << tableText(all) << mixedText(all) << sentencesText(all, comparisons) << std::flush;
    return exitDone;
}

} // namespace simclr::cli
