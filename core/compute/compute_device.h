// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/device_memory.h"
#include "core/compute/torch.h"
#include "core/util/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// The device and the precision of a run.
struct ComputeDevice {
    torch::Device device{torch::kCPU};
    bool bf16 = false; ///< convolutions and products in bfloat16
    int threads = 1;   ///< intra-op threads

    std::string name() const { return device.str(); }
    std::string precision() const { return bf16 ? "bf16" : "fp32"; }
};

/// The requested device, as in the options.
struct DeviceRequest {
    std::string device = "auto";    ///< "cpu", "cuda:N", or the best
    std::string precision = "auto"; ///< "fp32", "bf16", or the faster one on the device
    std::int64_t threads = 0;       ///< 0: one per core; half of them with a GPU
};

/// Resolves `request` on this machine. Throws InvalidInput for an unknown device, DeviceError for one that is
/// not available.
ComputeDevice chooseDevice(const DeviceRequest &request);

/// Call it in the thread that computes: LibTorch's intra-op threads are set per thread and start at one in
/// some builds. On CUDA it also disables TF32, so that products and convolutions in fp32 are not rounded.
void useDevice(const ComputeDevice &device);

/// While it exists, cuDNN benchmarks its algorithms for each new convolution shape and keeps the fastest: for
/// training, where many steps share one shape. It changes nothing on the CPU. The setting applies to the
/// whole process and ends with the last of these objects; any thread may create one.
class ConvolutionSearch {
  public:
    ConvolutionSearch();
    ~ConvolutionSearch();
    ConvolutionSearch(const ConvolutionSearch &) = delete;
    ConvolutionSearch &operator=(const ConvolutionSearch &) = delete;
};

/// Whether the machine or a GPU ran out of memory, whichever library reported it.
bool isOutOfMemory(const std::exception &error);

/// A readable message in place of LibTorch's; `advice` is added if memory ran out.
std::string describeTorchError(const std::exception &error, const std::string &advice);

/// Runs `work`. Passes on our own exceptions and turns others into a ComputationError with a readable
/// message; the device's cached memory is then released.
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
