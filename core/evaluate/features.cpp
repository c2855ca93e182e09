// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/features.h"

#include "core/image/resample.h"
#include "core/model/weights.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <cstring>

namespace simclr {

namespace {

constexpr std::size_t imagesAtOnce = 256;

/// Pictures as bytes (n, side, side, 3), with the labels of those that could be read.
struct InputBatch {
    std::vector<std::uint8_t> pixels;
    std::vector<std::int64_t> labels;
    std::vector<std::uint32_t> samples;
};

InputBatch readBatch(const Dataset &dataset, std::span<const std::uint32_t> samples, int side, int threads) {
    std::vector<Image> squares(samples.size());
    parallelFor(samples.size(), threads, [&](std::size_t i) {
        try {
            squares[i] = centerSquare(dataset.image(samples[i]), side);
        } catch (const Error &) {
            squares[i] = Image(); // counted by the caller
        }
    });
    InputBatch batch;
    for (std::size_t i = 0; i < squares.size(); ++i) {
        if (squares[i].isEmpty())
            continue;
        batch.pixels.insert(batch.pixels.end(), squares[i].data(),
                            squares[i].data() + squares[i].byteCount());
        batch.labels.push_back(dataset.label(samples[i]));
        batch.samples.push_back(samples[i]);
    }
    return batch;
}

torch::Tensor represent(Representation &representation, InputBatch &batch, int side,
                        const ComputeDevice &device) {
    const auto count = static_cast<std::int64_t>(batch.labels.size());
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

std::optional<FeatureSet> extractFeatures(ResNet &encoder, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop) {
    Representation representation(encoder);
    return extractFeatures(representation, dataset, samples, imageSize, device, std::move(stop));
}

std::optional<FeatureSet> extractFeatures(Representation &representation, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop) {
    const torch::NoGradGuard noGrad;
    representation->eval();
    const std::string before = stateHash(*representation);
    std::vector<torch::Tensor> features;
    std::vector<std::int64_t> labels;
    FeatureSet set;
    for (std::size_t first = 0; first < samples.size(); first += imagesAtOnce) {
        if (stop.stop_requested())
            return std::nullopt;
        const auto part = samples.subspan(first, std::min(imagesAtOnce, samples.size() - first));
        InputBatch batch = readBatch(dataset, part, imageSize, device.threads);
        if (batch.labels.empty())
            continue;
        features.push_back(represent(representation, batch, imageSize, device));
        labels.insert(labels.end(), batch.labels.begin(), batch.labels.end());
        set.samples.insert(set.samples.end(), batch.samples.begin(), batch.samples.end());
    }
    if (features.empty())
        throw IoError("none of the images to evaluate with can be read");
    if (stateHash(*representation) != before)
        throw ComputationError("the encoder changed while it was evaluated");
    set.features = torch::cat(features);
    set.labels = torch::tensor(labels, torch::kInt64);
    set.skipped = static_cast<std::uint32_t>(samples.size() - labels.size());
    return set;
}

} // namespace simclr
