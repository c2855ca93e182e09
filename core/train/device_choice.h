// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/compute_device.h"
#include "core/train/train_options.h"

#include <string>

namespace simclr {

/// The device that `options` select on this machine. Throws as chooseDevice(DeviceRequest).
ComputeDevice chooseDevice(const TrainOptions &options);

/// Ways to reduce the memory of a training with these options, the best first.
std::string memoryAdvice(const TrainOptions &options, const ComputeDevice &device);

/// The same for evaluations.
inline constexpr const char *evaluationMemoryAdvice =
    "closing other programs helps, and so does a smaller batch for protocols that train";

} // namespace simclr
