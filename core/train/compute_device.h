// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/torch.h"
#include "core/train/train_options.h"

#include <string>
#include <vector>

namespace simclr {

/// Where and how precisely a run computes.
struct ComputeDevice {
    torch::Device device{torch::kCPU};
    bool bf16 = false; ///< convolutions and products in bfloat16
    int threads = 1;   ///< intra-op threads

    std::string name() const { return device.str(); }
    std::string precision() const { return bf16 ? "bf16" : "fp32"; }
};

/// What `options` ask for on this machine. Throws InvalidInput for a device that nobody knows, DeviceError
/// for one that is not here.
ComputeDevice chooseDevice(const TrainOptions &options);

/// LibTorch's intra-op threads are set per thread and start at one in some builds: call it in the thread that
/// computes.
void useThreads(const ComputeDevice &device);

/// A message for a person instead of LibTorch's, with advice where memory ran out.
std::string describeTorchError(const std::exception &error);

} // namespace simclr
