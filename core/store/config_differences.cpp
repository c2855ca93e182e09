// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/flat_settings.h"
#include "core/store/records.h"

#include <algorithm>
#include <set>

namespace simclr {

namespace {

/// As an imported run.
bool trainsNothing(const RunRecord &run) {
    return run.totalEpochs == 0;
}

FlatSettings flatSettings(const RunRecord &run) {
    FlatSettings settings;
    flatten(run.config, "config", settings);
    if (run.pipeline.is_object() && !trainsNothing(run))
        flattenPipeline(run.pipeline, settings);
    settings.add("dataset.source", run.dataset.source);
    settings.add("dataset.fingerprint", run.dataset.fingerprint);
    if (run.dataset.learnsFromOthers())
        settings.add("dataset.learn", std::to_string(run.dataset.learnedImages()));
    settings.add("dataset.train", std::to_string(run.dataset.trainImages));
    settings.add("dataset.validation", std::to_string(run.dataset.validationImages));
    settings.add("dataset.test", std::to_string(run.dataset.testImages));
    settings.add("dataset.classes", std::to_string(run.dataset.classes));
    settings.add("seed", std::to_string(run.seed));
    settings.add("device", run.device);
    settings.add("precision", run.precision);
    return settings;
}

/// "config.device" is redundant to "device" if it is the same or "auto".
bool isSaidByTheRun(const std::string &path, const std::vector<FlatSettings> &all) {
    for (const std::string name : {"seed", "device", "precision"})
        if (path == "config." + name)
            return std::ranges::all_of(all, [&](const FlatSettings &settings) {
                const std::string value = settings.value(path);
                return value == "auto" || value == settings.value(name);
            });
    return false;
}

/// An imported run has no training options, which is not a difference.
bool isMissingWhereNothingIsTrained(const std::string &path, const std::vector<FlatSettings> &all,
                                    const std::vector<RunRecord> &runs) {
    std::set<std::string> values;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].has(path) || !trainsNothing(runs[i]))
            values.insert(all[i].value(path));
    return values.size() == 1;
}

} // namespace

std::vector<ConfigDifference> configDifferences(const std::vector<RunRecord> &runs) {
    std::vector<FlatSettings> all;
    for (const RunRecord &run : runs)
        all.push_back(flatSettings(run));
    const auto isLeftOut = [&](const std::string &path) {
        return isSaidByTheRun(path, all) || isMissingWhereNothingIsTrained(path, all, runs);
    };
    std::vector<ConfigDifference> differences;
    for (const std::string &path : differingPaths(all, isLeftOut))
        differences.push_back({path, valuesOf(path, all)});
    return differences;
}

} // namespace simclr
