// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/device_memory.h"
#include "core/compute/torch.h"
#include "core/util/error.h"

#include <cstdint>
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

/// What is asked for, in the words of the options.
struct DeviceRequest {
    std::string device = "auto";    ///< "cpu", "cuda:N", or the best
    std::string precision = "auto"; ///< "fp32", "bf16", or what is fast on the device
    std::int64_t threads = 0;       ///< 0: as many as there are cores; half of them beside a GPU
};

/// What `request` comes to on this machine. Throws InvalidInput for an unknown device, DeviceError for one
/// that is not available.
ComputeDevice chooseDevice(const DeviceRequest &request);

/// Call it in the thread that computes: LibTorch's intra-op threads are set per thread and start at one in
/// some builds. On CUDA it also keeps fp32 what it says it is: products and convolutions are not rounded to
/// TF32.
void useDevice(const ComputeDevice &device);

/// While it lives, cuDNN tries its algorithms on each new shape of a convolution and keeps the fastest: for
/// training, where many steps have one shape. It changes nothing on the CPU. It is one setting for the whole
/// process, which goes with the last of them; any thread may make one.
class ConvolutionSearch {
  public:
    ConvolutionSearch();
    ~ConvolutionSearch();
    ConvolutionSearch(const ConvolutionSearch &) = delete;
    ConvolutionSearch &operator=(const ConvolutionSearch &) = delete;
};

/// Whether memory ran out, of the machine or of a GPU, whoever noticed it.
bool isOutOfMemory(const std::exception &error);

/// A message for a person instead of LibTorch's; `advice` is given where memory ran out.
std::string describeTorchError(const std::exception &error, const std::string &advice);

/// Does `work`. Throws what it throws, but ComputationError with a message for a person where that is not one
/// of ours; what the device keeps for later use is given back then.
template <typename Work>
auto explainingTorchErrors(const ComputeDevice &device, const std::string &advice, Work &&work) {
    try {
        return work();
    } catch (const Error &) {
        throw;
    } catch (const std::exception &error) {
        const std::string message = describeTorchError(error, advice);
        releaseDeviceMemory(device.device);
        throw ComputationError(message);
    }
}

} // namespace simclr
