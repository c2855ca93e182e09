// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"

namespace simclr {

/// The same tensors, those of ResNets under torchvision's names whatever stands before them:
/// - of an nn.Sequential over the children of a ResNet, as lightly and many others build it: 0 for conv1, 1
///   for bn1, and from the first stage on, with or without places for ReLU and pooling between, the numbers
///   of the stages, "4.0.conv1" for "layer1.0.conv1"; or 0.0 and 0.1 where the stem is an nn.Sequential of
///   its own;
/// - "shortcut" for "downsample" in a block, as in many ResNets for CIFAR.
/// All other names stay as they are.
NamedTensors withTorchvisionNames(const NamedTensors &tensors);

} // namespace simclr
