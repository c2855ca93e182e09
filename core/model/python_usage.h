// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"
#include "core/util/message.h"

#include <string>
#include <vector>

namespace simclr {

/// How to use an exported encoder in Python.
struct PythonUsage {
    std::string lines;          ///< a program: loads the file and computes features
    std::vector<Message> notes; ///< remarks, one sentence each
};

/// Whether torchvision.models has a class for this encoder, its stem aside.
bool fitsTorchvision(const EncoderOptions &options);

/// For a file named `fileName` in one of the export formats: torchvision, safetensors, torchscript or onnx.
PythonUsage pythonUsage(const std::string &format, const EncoderOptions &options, std::int64_t imageSize,
                        const std::string &fileName);

} // namespace simclr
