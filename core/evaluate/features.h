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
    std::string problem;                ///< what is wrong with the first of them
};

/// The rows of `set` that `rows` (int64) names.
FeatureSet selected(const FeatureSet &set, const torch::Tensor &rows);

/// Features of some images in their order, and what is wrong with those that could not be read.
struct FeatureBatch {
    torch::Tensor features; ///< (n, d) fp32 on the CPU
    std::vector<std::uint32_t> samples;
    std::vector<BrokenFile> broken;
};

/// Gives `visit` the features of the middle squares of `samples`, some at a time, with the networks in eval
/// mode so that they stand still: a hash over their parameters and buffers is compared before and after, and
/// ComputationError thrown should it ever differ. Returns false when `stop` was requested. The networks are
/// left in eval mode.
bool visitFeatures(Representation &representation, const Dataset &dataset,
                   std::span<const std::uint32_t> samples, int imageSize, const ComputeDevice &device,
                   const std::stop_token &stop, const std::function<void(const FeatureBatch &)> &visit);
/// Of the encoder alone: h.
bool visitFeatures(ResNet &encoder, const Dataset &dataset, std::span<const std::uint32_t> samples,
                   int imageSize, const ComputeDevice &device, const std::stop_token &stop,
                   const std::function<void(const FeatureBatch &)> &visit);

/// Features of `samples` as a whole, by visitFeatures(). Throws IoError where none can be read. Gives nothing
/// when `stop` was requested.
std::optional<FeatureSet> extractFeatures(Representation &representation, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop);
/// Of the encoder alone: h.
std::optional<FeatureSet> extractFeatures(ResNet &encoder, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop);

} // namespace simclr
