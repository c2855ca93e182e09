// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"
#include "core/store/records.h"
#include "core/train/device_choice.h"
#include "core/train/train_options.h"

namespace simclr {

/// The encoder of a run's last checkpoint that can be read, in eval mode.
struct RunEncoder {
    TrainOptions options;
    EncoderOptions architecture;
    ComputeDevice device;
    ResNet encoder{nullptr};
    double epochs = 0; ///< done when the checkpoint was written, a part of one too
    /// Sentences on newer checkpoints that are damaged or gone.
    std::vector<std::string> problems;
};

/// On `device`, or where it is empty on the run's own, or the best where that one is not here; always in
/// fp32, so that what is computed elsewhere with the same weights can be compared. Throws InvalidInput where
/// the run has no checkpoint or one of another architecture, IoError, DeviceError.
RunEncoder loadRunEncoder(const RunRecord &run, const std::string &device = {});

/// What the options say of the encoder.
EncoderOptions encoderOptions(const TrainOptions &options);

} // namespace simclr
