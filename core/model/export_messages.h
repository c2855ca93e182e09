// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>

namespace simclr {

/// Notes on an exported encoder.
inline constexpr std::array exportTexts{
    MessageText{"input",
                "SimCLR Workbench gives this encoder the centre crop of each image, resized to %1 × %1 "
                "pixels, as RGB in [0, 1] without normalisation."},
    MessageText{"not_in_torchvision",
                "torchvision has no class for %1 of width %2; the formats torchscript and onnx contain the "
                "network and its weights."},
};
inline constexpr MessagesOf<exportTexts> exportMessage;

} // namespace simclr
