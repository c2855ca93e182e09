// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/features.h"

#include "core/image/resample.h"
#include "core/model/weights.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr std::size_t imagesAtOnce = 256;

/// The readable images as bytes (n, side, side, 3).
struct InputBatch {
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint32_t> samples;
    std::vector<BrokenFile> broken;
};

InputBatch readBatch(const Dataset &dataset, std::span<const std::uint32_t> samples, int side, int threads) {
    std::vector<Image> squares(samples.size());
    std::vector<std::string> reasons(samples.size());
    parallelFor(samples.size(), threads, [&](std::size_t i) {
        try {
            squares[i] = centerSquare(dataset.image(samples[i]), side);
        } catch (const Error &error) {
            reasons[i] = error.what();
        }
    });
    InputBatch batch;
    for (std::size_t i = 0; i < squares.size(); ++i) {
        if (squares[i].isEmpty()) {
            batch.broken.push_back({dataset.sampleName(samples[i]), reasons[i]});
            continue;
        }
        batch.pixels.insert(batch.pixels.end(), squares[i].data(),
                            squares[i].data() + squares[i].byteCount());
        batch.samples.push_back(samples[i]);
    }
    return batch;
}

torch::Tensor represent(Representation &representation, InputBatch &batch, int side,
                        const ComputeDevice &device) {
    const auto count = static_cast<std::int64_t>(batch.samples.size());
    const torch::Tensor bytes = torch::from_blob(batch.pixels.data(), {count, side, side, 3}, torch::kUInt8);
    const torch::Tensor input = bytes.permute({0, 3, 1, 2}).to(device.device).to(torch::kFloat32).div_(255);
    const AutocastScope autocast(device.device.type(), device.bf16);
    return representation(input).to(torch::kFloat32).to(torch::kCPU);
}

} // namespace

FeatureSet selected(const FeatureSet &set, const torch::Tensor &rows) {
    FeatureSet part;
    part.features = set.features.index_select(0, rows);
    part.labels = set.labels.index_select(0, rows);
    const auto row = rows.accessor<std::int64_t, 1>();
    for (std::int64_t i = 0; i < rows.size(0) && !set.samples.empty(); ++i)
        part.samples.push_back(set.samples[static_cast<std::size_t>(row[i])]);
    return part;
}

bool visitFeatures(Representation &representation, const Dataset &dataset,
                   std::span<const std::uint32_t> samples, int imageSize, const ComputeDevice &device,
                   const std::stop_token &stop, const std::function<void(const FeatureBatch &)> &visit) {
    const torch::NoGradGuard noGrad;
    representation->eval();
    const std::string before = stateHash(*representation);
    for (std::size_t first = 0; first < samples.size(); first += imagesAtOnce) {
        if (stop.stop_requested())
            return false;
        const auto part = samples.subspan(first, std::min(imagesAtOnce, samples.size() - first));
        InputBatch batch = readBatch(dataset, part, imageSize, device.threads);
        FeatureBatch result;
        if (!batch.samples.empty())
            result.features = represent(representation, batch, imageSize, device);
        result.samples = std::move(batch.samples);
        result.broken = std::move(batch.broken);
        visit(result);
    }
    if (stateHash(*representation) != before)
        throw ComputationError("the encoder changed while it was evaluated");
    return true;
}

bool visitFeatures(ResNet &encoder, const Dataset &dataset, std::span<const std::uint32_t> samples,
                   int imageSize, const ComputeDevice &device, const std::stop_token &stop,
                   const std::function<void(const FeatureBatch &)> &visit) {
    Representation representation(encoder);
    return visitFeatures(representation, dataset, samples, imageSize, device, stop, visit);
}

std::optional<FeatureSet> extractFeatures(ResNet &encoder, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop) {
    Representation representation(encoder);
    return extractFeatures(representation, dataset, samples, imageSize, device, std::move(stop));
}

std::optional<FeatureSet> extractFeatures(Representation &representation, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop) {
    FeatureSet set;
    std::vector<torch::Tensor> features;
    std::vector<std::int64_t> labels;
    const auto collect = [&](const FeatureBatch &batch) {
        if (set.problem.empty() && !batch.broken.empty())
            set.problem = batch.broken.front().reason;
        if (batch.samples.empty())
            return;
        features.push_back(batch.features);
        set.samples.insert(set.samples.end(), batch.samples.begin(), batch.samples.end());
        for (const std::uint32_t sample : batch.samples)
            labels.push_back(dataset.label(sample));
    };
    if (!visitFeatures(representation, dataset, samples, imageSize, device, stop, collect))
        return std::nullopt;
    if (features.empty())
        throw IoError(samples.empty()
                          ? "there are no images to evaluate with"
                          : "none of the images to evaluate with can be read; the first: " + set.problem);
    set.features = torch::cat(features);
    set.labels = torch::tensor(labels, torch::kInt64);
    set.skipped = static_cast<std::uint32_t>(samples.size() - labels.size());
    return set;
}

} // namespace simclr
