// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/evaluate/representation.h"
#include "core/train/device_choice.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>

namespace simclr {

/// Representations h, or projections z, of labelled images.
struct FeatureSet {
    torch::Tensor features;             ///< (n, d) fp32 on the CPU
    torch::Tensor labels;               ///< (n) int64, class indices
    std::vector<std::uint32_t> samples; ///< (n) indices in the dataset
    std::uint32_t skipped = 0;          ///< images that could not be read
    std::string problem;                ///< why the first of them could not be read
};

/// The rows of `set` that `rows` (int64) names.
FeatureSet selected(const FeatureSet &set, const torch::Tensor &rows);

/// Features of some images in their order, and why the others could not be read.
struct FeatureBatch {
    torch::Tensor features; ///< (n, d) fp32 on the CPU
    std::vector<std::uint32_t> samples;
    std::vector<BrokenFile> broken;
};

/// Passes the features of the centre crops of `samples` to `visit`, in batches, with the networks frozen in
/// eval mode: a hash over their parameters and buffers is compared before and after, and ComputationError is
/// thrown if it differs. Returns false if `stop` was requested. The networks are left in eval mode.
bool visitFeatures(Representation &representation, const Dataset &dataset,
                   std::span<const std::uint32_t> samples, int imageSize, const ComputeDevice &device,
                   const std::stop_token &stop, const std::function<void(const FeatureBatch &)> &visit);
/// The same for the encoder alone: h.
bool visitFeatures(ResNet &encoder, const Dataset &dataset, std::span<const std::uint32_t> samples,
                   int imageSize, const ComputeDevice &device, const std::stop_token &stop,
                   const std::function<void(const FeatureBatch &)> &visit);

/// All features of `samples`, by visitFeatures(). Throws IoError if none can be read. Returns nothing if
/// `stop` was requested.
std::optional<FeatureSet> extractFeatures(Representation &representation, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop);
/// The same for the encoder alone: h.
std::optional<FeatureSet> extractFeatures(ResNet &encoder, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop);

} // namespace simclr
