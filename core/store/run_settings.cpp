// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_settings.h"

#include "core/store/run_comparison.h"
#include "core/util/hash.h"

namespace simclr {

namespace {

bool isImported(const RunRecord &run) {
    return run.totalEpochs == 0;
}

void addOptions(const RunRecord &run, const Schema &schema, FlatSettings &settings) {
    settings.add("device", run.device);
    settings.add("precision", run.precision);
    settings.add("seed", std::to_string(run.seed));
    flatten(run.config, {}, settings);
    if (!isImported(run))
        for (const Parameter &parameter : schema)
            if (!settings.has(parameter.id))
                flatten(toJson(parameter.initial), parameter.id, settings);
}

void addPipeline(const RunRecord &run, FlatSettings &settings) {
    if (!run.pipeline.is_object() || isImported(run))
        return;
    Json steps = run.pipeline;
    const auto name = steps.find("name");
    settings.add("pipeline", name == steps.end() ? std::string() : scalarText(*name));
    steps.erase("name");
    settings.add("pipeline_hash", sha256(toLine(steps)));
    flattenPipeline(steps, settings);
}

/// The changes of a continued run that are not those of the machine: {"epochs": [20, 200]}.
RunOrigin withoutMachineChanges(const RunOrigin &origin, const Schema &schema) {
    RunOrigin left = origin;
    left.changes = Json::object();
    for (const auto &[option, values] : origin.changes.items())
        if (!isMachineOption(option, schema))
            left.changes[option] = values;
    return left;
}

void addOrigin(const RunRecord &run, const Schema &schema, FlatSettings &settings) {
    if (!run.origin)
        return;
    const RunOrigin origin = withoutMachineChanges(*run.origin, schema);
    if (!origin.changes.empty())
        settings.add("continues", "epoch " + numberText(origin.epoch) + " with " + changesText(origin));
}

} // namespace

FlatSettings runSettings(const RunRecord &run, const Schema &schema) {
    FlatSettings settings;
    addOptions(run, schema, settings);
    addPipeline(run, settings);
    settings.add("dataset", run.dataset.title);
    settings.add("dataset_fingerprint", run.dataset.fingerprint);
    addOrigin(run, schema, settings);
    return settings;
}

std::vector<GroupedRun> groupedRuns(const std::vector<RunRecord> &runs, const Schema &schema) {
    std::vector<GroupedRun> grouped;
    for (const RunRecord &run : runs)
        grouped.push_back({run.id, run.seed, runSettings(run, schema)});
    return grouped;
}

const Result *finalResult(const RunRecord &run, Protocol protocol, Split split) {
    const Result *result = findResult(run, protocol, split, false);
    const bool isFinal =
        result != nullptr && (protocol == Protocol::Supervised || result->key.place.epoch == run.totalEpochs);
    return isFinal ? result : nullptr;
}

} // namespace simclr
