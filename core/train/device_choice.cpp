// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/device_choice.h"

#include <vector>

namespace simclr {

ComputeDevice chooseDevice(const TrainOptions &options) {
    return chooseDevice(DeviceRequest{options.device, options.precision, options.threads});
}

std::string memoryAdvice(const TrainOptions &options, const ComputeDevice &device) {
    std::vector<std::string> advice;
    if (options.chunk == 0 && options.batch > 32)
        advice.push_back("a chunk of " + std::to_string(options.batch / 4) + " (cached gradients)");
    else if (options.chunk > 32)
        advice.push_back("a chunk of " + std::to_string(options.chunk / 2));
    if (!device.bf16)
        advice.emplace_back("bf16");
    if (options.chunk == 0)
        advice.emplace_back("a smaller batch");
    advice.emplace_back("a narrower encoder");
    std::string text;
    for (std::size_t i = 0; i < advice.size(); ++i)
        text += (i == 0 ? "" : i + 1 == advice.size() ? " or " : ", ") + advice[i];
    return text + " needs less";
}

} // namespace simclr
