// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"
#include "core/util/json.h"

#include <filesystem>

namespace simclr {

/// Writes the encoder in eval mode as an ONNX model (opset 13, IR version 7), atomically: input "pictures"
/// (n, 3, height, width) with values in [0, 1], output "features" (n, d), for any n, height and width. Its
/// weights have torchvision's names. `metadata` becomes metadata properties. Throws IoError, or InvalidInput
/// above 2 GiB, the limit of ONNX.
void writeOnnx(const std::filesystem::path &path, const ResNetImpl &encoder, const Json &metadata);

} // namespace simclr
