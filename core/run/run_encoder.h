// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"
#include "core/store/records.h"
#include "core/train/device_choice.h"
#include "core/train/train_options.h"

namespace simclr {

/// The encoder of a run's newest readable checkpoint, in eval mode.
struct RunEncoder {
    TrainOptions options;
    EncoderOptions architecture;
    ComputeDevice device;
    ResNet encoder{nullptr};
    double epochs = 0; ///< done at the checkpoint, including a fraction
    /// Sentences on newer checkpoints that are damaged or missing.
    std::vector<std::string> problems;
};

/// On `device`, or if it is empty on the run's own, or the best if that one is not available; always in fp32,
/// so that other programs with the same weights give comparable results. Throws InvalidInput if the run has
/// no checkpoint or one of another architecture, IoError, DeviceError.
RunEncoder loadRunEncoder(const RunRecord &run, const std::string &device = {});

/// The encoder part of the options.
EncoderOptions encoderOptions(const TrainOptions &options);

} // namespace simclr
