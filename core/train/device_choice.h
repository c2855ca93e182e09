// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/compute_device.h"
#include "core/train/train_options.h"

#include <string>

namespace simclr {

/// What `options` ask for on this machine. Throws as chooseDevice(DeviceRequest).
ComputeDevice chooseDevice(const TrainOptions &options);

/// What a training with these options could do to need less memory, the best first.
std::string memoryAdvice(const TrainOptions &options, const ComputeDevice &device);

/// The same for evaluations.
inline constexpr const char *evaluationMemoryAdvice =
    "closing what else needs memory helps, and for protocols that train a smaller batch";

} // namespace simclr
