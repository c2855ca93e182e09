// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/resnet.h"
#include "core/train/compute_device.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>

namespace simclr {

/// Representations of labelled images.
struct FeatureSet {
    torch::Tensor features;    ///< h, (n, d) fp32 on the CPU
    torch::Tensor labels;      ///< (n) int64, class indices
    std::uint32_t skipped = 0; ///< images that could not be read
};

/// Representations of some images in their order, and what is wrong with those that could not be read.
struct FeatureBatch {
    torch::Tensor features; ///< h, (n, d) fp32 on the CPU
    std::vector<std::uint32_t> samples;
    std::vector<BrokenFile> broken;
};

/// Gives `visit` the representations h of the middle squares of `samples`, some at a time, with the encoder
/// in eval mode so that it stands still: a hash over its parameters and buffers is compared before and after,
/// and ComputationError thrown should it ever differ. Returns false when `stop` was requested. The encoder is
/// left in eval mode.
bool visitFeatures(ResNet &encoder, const Dataset &dataset, std::span<const std::uint32_t> samples,
                   int imageSize, const ComputeDevice &device, const std::stop_token &stop,
                   const std::function<void(const FeatureBatch &)> &visit);

/// Representations h of the middle squares of `samples`, by visitFeatures(). Throws IoError where none can be
/// read. Gives nothing when `stop` was requested.
std::optional<FeatureSet> extractFeatures(ResNet &encoder, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop);

} // namespace simclr
