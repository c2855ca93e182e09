// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/torch.h"
#include "core/train/device_memory.h"
#include "core/train/train_options.h"
#include "core/util/error.h"

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

/// What a training with these options could do to need less memory, the best first.
std::string memoryAdvice(const TrainOptions &options, const ComputeDevice &device);

/// The same for evaluations.
inline constexpr const char *evaluationMemoryAdvice =
    "closing what else needs memory helps, and for protocols that train a smaller batch";

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
