// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_plan.h"

#include "core/store/foreign_runs.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/version.h"

#include <algorithm>
#include <opencv2/core/version.hpp>
#include <sqlite3.h>

namespace simclr {

namespace {

void checkBatch(const TrainOptions &options, const Splits &splits) {
    const std::size_t images = splits.learn.size();
    const bool isOfOthers = splits.learnsFromOthers();
    if (static_cast<std::size_t>(options.batch) > images)
        throw InvalidInput("a batch of " + std::to_string(options.batch) + " images is larger than the " +
                           counted(static_cast<std::int64_t>(images),
                                   isOfOthers ? "image to learn from" : "training image",
                                   isOfOthers ? "images to learn from" : "training images") +
                           " there " + (images == 1 ? "is" : "are") +
                           (images < 2 ? "" : "; at most " + std::to_string(images) + " are possible"));
}

DatasetRecord recordOf(const Dataset &dataset, const Splits &splits) {
    DatasetRecord record;
    record.source = dataset.report().source;
    record.title = dataset.report().title;
    record.fingerprint = dataset.fingerprint();
    record.labelledFingerprint = dataset.labelledPart().fingerprint;
    record.firstLabelled = dataset.labelledPart().firstSample;
    record.learnImages = static_cast<std::uint32_t>(splits.learn.size());
    record.trainImages = static_cast<std::uint32_t>(splits.train.size());
    record.validationImages = static_cast<std::uint32_t>(splits.validation.size());
    record.testImages = static_cast<std::uint32_t>(splits.test.size());
    record.classes = static_cast<std::uint32_t>(dataset.classCount());
    record.broken = static_cast<std::uint32_t>(dataset.report().brokenCount);
    return record;
}

} // namespace

RunPlan makePlan(const RunConfiguration &configuration, const DatasetPtr &dataset) {
    return {
        configuration, dataset, checkRun(configuration, *dataset), chooseDevice(configuration.options), {}};
}

RunPlan makeEvaluationPlan(const RunConfiguration &configuration, const DatasetPtr &dataset) {
    checkTrainOptions(configuration.options);
    return {configuration,
            dataset,
            splitsOf(configuration.options, *dataset),
            chooseDevice(configuration.options),
            {}};
}

NewRun describeRun(const RunPlan &plan) {
    const RunConfiguration &configuration = plan.configuration;
    NewRun run;
    run.name = nameOf(configuration);
    run.config = trainOptionsDescription().toJson(configuration.options);
    run.pipeline = toJson(configuration.pipeline);
    run.dataset = recordOf(*plan.dataset, plan.splits);
    run.seed = configuration.options.seed;
    run.device = plan.device.name();
    run.precision = plan.device.precision();
    run.programVersion = programVersion;
    run.libraries = libraryVersions();
    run.totalEpochs = configuration.options.epochs;
    run.totalSteps = run.totalEpochs * stepsPerEpoch(plan.splits.learn.size(), configuration.options.batch);
    return run;
}

std::string usualDevice(const RunRecord &run) {
    const auto known = availableDevices();
    return std::ranges::find(known, run.device) != known.end() ? run.device : "auto";
}

void requireSameDataset(const RunRecord &run, const Dataset &dataset) {
    if (run.dataset.fingerprint != dataset.fingerprint())
        throw ImagesChanged("the images of \"" + dataset.report().title + "\" differ from those of run " +
                            std::to_string(run.id) +
                            ": files were added, removed, changed or renamed, or it is another folder");
}

Splits checkRun(const RunConfiguration &configuration, const Dataset &dataset) {
    checkTrainOptions(configuration.options);
    checkPipeline(configuration.pipeline);
    Splits splits = splitsOf(configuration.options, dataset);
    checkBatch(configuration.options, splits);
    chooseDevice(configuration.options);
    return splits;
}

RunConfiguration configurationOf(const RunRecord &run, const std::string &device) {
    requireEncoder(run);
    const std::string origin = displayName(run);
    RunConfiguration configuration{run.name, pipelineFromJson(run.pipeline, origin),
                                   trainOptionsDescription().fromJson(run.config, origin)};
    configuration.options.device = device.empty() ? run.device : device;
    if (!run.config.contains("zero_init_residual"))
        configuration.options.zeroInitResidual = false; // as in runs from before this option
    trainOptionsDescription().write(configuration.options, "precision", run.precision, origin);
    return configuration;
}

Json libraryVersions() {
    return {{"libtorch", TORCH_VERSION}, {"opencv", CV_VERSION}, {"sqlite", sqlite3_libversion()}};
}

} // namespace simclr
