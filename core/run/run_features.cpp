// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_features.h"

#include "core/evaluate/features.h"
#include "core/run/run.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_encoder.h"
#include "core/run/run_plan.h"
#include "core/train/pretrainer.h"
#include "core/util/error.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace simclr {

namespace {

bool isCheckpoint(const ArtifactRecord &artifact) {
    return artifact.kind == lastCheckpointKind || artifact.kind == bestCheckpointKind;
}

FoundCheckpoint checkpointOfStep(const RunRecord &run, std::int64_t step) {
    for (const ArtifactRecord &artifact : run.artifacts)
        if (isCheckpoint(artifact) && artifact.step == step && artifact.path.isReadable())
            return {readCheckpoint(artifact.path.toRead()), artifact.path, {}, {}};
    throw InvalidInput("run " + std::to_string(run.id) + " has no checkpoint of step " +
                       std::to_string(step));
}

FoundCheckpoint checkpointFor(const RunRecord &run, const FeatureRequest &request) {
    if (request.step)
        return checkpointOfStep(run, *request.step);
    auto found = findCheckpoint(run);
    if (!found)
        throw InvalidInput("run " + std::to_string(run.id) + " has no checkpoint with an encoder");
    return std::move(*found);
}

void requireHead(const RunRecord &run, FeatureKind features) {
    if (features == FeatureKind::Z && run.totalEpochs == 0)
        throw InvalidInput("run " + std::to_string(run.id) +
                           " is an import of weights without a projection head: it has h only, not z");
}

/// The network of a checkpoint, and where it computes.
struct LoadedNetwork {
    Checkpoint checkpoint;
    std::vector<std::string> problems;
    TrainOptions options;
    ComputeDevice device;
    Representation network{nullptr};
};

Representation representationOf(const LoadedNetwork &loaded, FeatureKind features) {
    ResNet encoder(encoderOptions(loaded.options));
    loadState(*encoder, loaded.checkpoint.tensors, "encoder.");
    encoder->to(loaded.device.device);
    if (features == FeatureKind::H)
        return Representation(encoder);
    ProjectionHead head = makeHead(loaded.options, encoder->featureSize());
    loadState(*head, loaded.checkpoint.tensors, "head.");
    head->to(loaded.device.device);
    return Representation(encoder, head, projectionSize(loaded.options, encoder->featureSize()));
}

LoadedNetwork loadNetwork(const RunRecord &run, const FeatureRequest &request) {
    requireHead(run, request.features);
    FoundCheckpoint found = checkpointFor(run, request);
    LoadedNetwork loaded;
    loaded.checkpoint = std::move(found.checkpoint);
    loaded.problems = std::move(found.problems);
    loaded.options = configurationOf(run, request.device.empty() ? usualDevice(run) : request.device).options;
    loaded.options.precision = "fp32";
    loaded.device = chooseDevice(loaded.options);
    useDevice(loaded.device);
    loaded.network = explainingTorchErrors(loaded.device, evaluationMemoryAdvice,
                                           [&] { return representationOf(loaded, request.features); });
    return loaded;
}

/// One image as a dataset.
class OneImage : public Dataset {
  public:
    OneImage(const Image &image, std::string name) : m_image(image), m_name(std::move(name)) {}

    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_name; }
    std::uint32_t size() const override { return 1; }
    int label(std::uint32_t) const override { return unlabelled; }
    bool isTestSample(std::uint32_t) const override { return false; }
    std::string sampleName(std::uint32_t) const override { return m_name; }
    Image image(std::uint32_t) const override { return m_image; }

  private:
    const Image &m_image;
    std::string m_name;
    DatasetReport m_report;
};

void append(FeatureTable &table, const FeatureBatch &batch, const Dataset &dataset,
            const std::vector<ImageSplit> &splits) {
    if (batch.samples.empty())
        return;
    const torch::Tensor rows = batch.features.contiguous();
    table.values.insert(table.values.end(), rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel());
    for (const std::uint32_t sample : batch.samples) {
        table.samples.push_back(sample);
        table.splits.push_back(splits[sample]);
        table.labels.push_back(dataset.label(sample));
    }
}

/// Fills the table; false if it was stopped.
bool fillTable(LoadedNetwork &loaded, const Dataset &dataset, const std::vector<std::uint32_t> &samples,
               const FeatureRequest &request, const std::stop_token &stop, RunFeatures &result) {
    const std::vector<ImageSplit> splits = splitOfEach(loaded.options, dataset);
    result.table.columns = static_cast<std::size_t>(loaded.network->featureSize());
    result.table.values.reserve(samples.size() * result.table.columns);
    const auto take = [&](const FeatureBatch &batch) {
        append(result.table, batch, dataset, splits);
        result.broken.insert(result.broken.end(), batch.broken.begin(), batch.broken.end());
        request.progress(result.table.rows() + result.broken.size(), samples.size());
    };
    return visitFeatures(loaded.network, dataset, samples, static_cast<int>(loaded.options.imageSize),
                         loaded.device, stop, take);
}

} // namespace

std::vector<std::int64_t> checkpointSteps(const RunRecord &run) {
    std::set<std::int64_t> steps;
    for (const ArtifactRecord &artifact : run.artifacts)
        if (isCheckpoint(artifact) && artifact.path.isReadable())
            steps.insert(artifact.step);
    return {steps.begin(), steps.end()};
}

std::vector<std::uint32_t> samplesOfSplit(const std::string &split, const TrainOptions &options,
                                          const Dataset &dataset) {
    std::vector<std::uint32_t> samples(dataset.size());
    std::iota(samples.begin(), samples.end(), 0u);
    if (split != "all") {
        Splits splits = splitsOf(options, dataset);
        if (split == "learn")
            samples = std::move(splits.learn);
        else if (split == "train")
            samples = std::move(splits.train);
        else if (split == "validation")
            samples = std::move(splits.validation);
        else if (split == "test")
            samples = std::move(splits.test);
        else
            throw InvalidInput("unknown split \"" + split + "\"; use all, learn, train, validation or test");
    }
    if (samples.empty())
        throw InvalidInput("there are no images in the split \"" + split + "\"");
    return samples;
}

std::vector<ImageSplit> splitOfEach(const TrainOptions &options, const Dataset &dataset) {
    return splitOfEach(splitsOf(options, dataset), dataset.size());
}

std::optional<RunFeatures> runFeatures(const RunRecord &run, const Dataset &dataset,
                                       const FeatureRequest &request, const std::stop_token &stop) {
    LoadedNetwork loaded = loadNetwork(run, request);
    const std::vector<std::uint32_t> samples = samplesOfSplit(request.split, loaded.options, dataset);
    RunFeatures result;
    result.problems = std::move(loaded.problems);
    result.step = loaded.checkpoint.step;
    result.epochs = epochsDone(loaded.checkpoint, run.totalEpochs);
    result.device = loaded.device.name();
    if (!explainingTorchErrors(loaded.device, evaluationMemoryAdvice,
                               [&] { return fillTable(loaded, dataset, samples, request, stop, result); }))
        return std::nullopt;
    if (result.table.rows() == 0)
        throw IoError("none of the images can be read");
    return result;
}

std::vector<float> featuresOfImage(const RunRecord &run, const Image &image, const std::string &name,
                                   const FeatureRequest &request) {
    LoadedNetwork loaded = loadNetwork(run, request);
    const std::vector<std::uint32_t> only{0};
    std::vector<float> values;
    const auto take = [&](const FeatureBatch &batch) {
        const torch::Tensor row = batch.features.contiguous();
        values.assign(row.data_ptr<float>(), row.data_ptr<float>() + row.numel());
    };
    explainingTorchErrors(loaded.device, evaluationMemoryAdvice, [&] {
        return visitFeatures(loaded.network, OneImage(image, name), only,
                             static_cast<int>(loaded.options.imageSize), loaded.device, {}, take);
    });
    return values;
}

} // namespace simclr
