// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/evaluate/representation.h"
#include "core/train/compute_device.h"

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
};

/// The rows of `set` that `rows` (int64) names.
FeatureSet selected(const FeatureSet &set, const torch::Tensor &rows);

/// Features of the middle squares of `samples`, with the encoder in eval mode so that it stands
/// still: a hash over its parameters and buffers is compared before and after, and Error thrown should it
/// ever differ. Gives nothing when `stop` was requested. The encoder is left in eval mode.
std::optional<FeatureSet> extractFeatures(Representation &representation, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop);
/// Of the encoder alone: h.
std::optional<FeatureSet> extractFeatures(ResNet &encoder, const Dataset &dataset,
                                          std::span<const std::uint32_t> samples, int imageSize,
                                          const ComputeDevice &device, std::stop_token stop);

} // namespace simclr
