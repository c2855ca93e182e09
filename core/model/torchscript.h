// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"
#include "core/util/json.h"

#include <filesystem>

namespace simclr {

/// Writes the encoder as a TorchScript program, atomically: torch.jit.load() of PyTorch 1.13 and newer, and
/// torch::jit::load() in C++, give a module that maps images (n, 3, height, width) with values in [0, 1] to h
/// (n, d), for any n, height and width. It is in eval mode, its names are torchvision's, and it can be
/// trained further. `metadata` is stored with it as the extra file "simclr.json". Throws IoError.
void writeTorchScript(const std::filesystem::path &path, const ResNetImpl &encoder, const Json &metadata);

} // namespace simclr
