// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"
#include "core/train/train_options.h"

#include <filesystem>

namespace simclr {

/// All that a run needs to resume: the tensors of encoder ("encoder."), head ("head."), optimiser
/// ("momentum." or "adam_…") and online probe ("probe.", "momentum.probe."), and the position in training.
/// Random numbers need no state: they are determined by seed, epoch and sample.
struct Checkpoint {
    static constexpr int formatVersion = 1;

    NamedTensors tensors;
    Json options;            ///< TrainOptions
    std::string fingerprint; ///< of the dataset
    std::int64_t step = 0;   ///< steps done
    std::int64_t totalSteps = 0;
};

/// Writes a safetensors file atomically. Throws IoError.
void writeCheckpoint(const std::filesystem::path &path, const Checkpoint &checkpoint);

/// Throws IoError, or InvalidInput if the file is damaged, newer, or not a checkpoint.
Checkpoint readCheckpoint(const std::filesystem::path &path);

/// Throws InvalidInput if a run with these options and so many steps cannot resume from `checkpoint`: another
/// model, optimiser or length of training, naming the option.
void requireFits(const Checkpoint &checkpoint, const TrainOptions &options, std::int64_t totalSteps);

} // namespace simclr
