// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/weights_import.h"

#include "core/model/imported_encoder.h"
#include "core/options/parameter.h"
#include "core/run/run_encoder.h"
#include "core/run/run_plan.h"
#include "core/store/run_store.h"
#include "core/train/checkpoint.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace {

namespace fs = std::filesystem;

WeightsDescription descriptionOf(const ImportedEncoder &imported) {
    return {imported.options.architecture, imported.options.width,
            imported.options.smallStem ? "small" : "imagenet", imported.prefix, imported.passedOver};
}

TrainOptions withEncoder(TrainOptions options, const WeightsDescription &weights) {
    options.encoder = weights.encoder;
    options.width = weights.width;
    options.stem = weights.stem;
    return options;
}

/// Only the options that apply to a run without training.
Json configurationFor(const TrainOptions &options) {
    Json config = Json::object();
    const Json all = trainOptionsDescription().toJson(options);
    for (const auto &[key, value] : all.items())
        if (!isOnlyForTraining(key))
            config[key] = value;
    return config;
}

NewRun describeImport(const ImportOptions &import, const RunPlan &plan) {
    NewRun run = describeRun(plan);
    run.name = import.name.empty() ? displayName(import.file.stem()) : import.name;
    run.config = configurationFor(plan.configuration.options);
    run.totalEpochs = 0;
    run.totalSteps = 0;
    return run;
}

Checkpoint checkpointOf(const ResNet &encoder, const NewRun &run) {
    Checkpoint checkpoint;
    checkpoint.tensors = stateOf(*encoder, "encoder.");
    checkpoint.options = run.config;
    checkpoint.fingerprint = run.dataset.fingerprint;
    return checkpoint;
}

std::string noteOn(const ImportOptions &import, const WeightsDescription &weights) {
    std::string note = "Imported from " + displayName(fs::absolute(import.file)) + ": " + weights.text();
    if (!weights.prefix.empty())
        note += ", whose names begin with \"" + toValidUtf8(weights.prefix) + "\"";
    if (!weights.passedOver.empty())
        note += "; " + std::to_string(weights.passedOver.size()) + " other tensors were ignored, the first " +
                toValidUtf8(weights.passedOver.front());
    if (import.expectsNormalised)
        note += "; ImageNet normalisation was folded into its first layer";
    return note + ".";
}

/// If the checkpoint cannot be written, the run is listed as failed, with the reason.
void keep(RunStore &store, RunId id, const ResNet &encoder, const NewRun &run) {
    try {
        const fs::path path = store.artifacts().folder(id) / "checkpoint.safetensors";
        writeCheckpoint(path, checkpointOf(encoder, run));
        store.artifacts().add(id, ArtifactRecord{lastCheckpointKind, RunPath(path), 0, {}});
        store.runs().finish(id, RunStatus::Completed, {}, stateHash(*encoder));
    } catch (const Error &error) {
        store.runs().finish(id, RunStatus::Failed, error.what(), {});
        throw;
    }
}

} // namespace

std::string WeightsDescription::text() const {
    return encoder + ", width " + numberText(width) + ", stem " + stem;
}

WeightsDescription describeWeights(const fs::path &file, const std::string &prefix) {
    return descriptionOf(readEncoder(file, prefix));
}

bool isOnlyForTraining(const std::string &option) {
    return trainOptionsDescription().parameter(option, "training options").isForTrainingOnly;
}

RunId importWeights(const ImportOptions &import, const DatasetPtr &dataset, const fs::path &database) {
    ImportedEncoder imported = readEncoder(import.file, import.prefix);
    if (import.expectsNormalised)
        buildInImageNetNormalisation(imported.tensors);
    const WeightsDescription weights = descriptionOf(imported);
    TrainOptions options = withEncoder(import.options, weights);
    options.initialWeights = fs::absolute(import.file).string();
    const RunPlan plan = makeEvaluationPlan({import.name, Pipeline{}, options}, dataset);
    ResNet encoder(imported.options);
    loadState(*encoder, imported.tensors);
    RunStore store(database);
    const NewRun run = describeImport(import, plan);
    const RunId id = store.runs().create(run);
    store.events().add(id, noteOn(import, weights));
    keep(store, id, encoder, run);
    return id;
}

} // namespace simclr
