// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"

namespace simclr {

/// The same tensors, with those of ResNets renamed to torchvision's names after any prefix. Recognised are:
/// - an nn.Sequential over the children of a ResNet, as built by lightly and many others: 0 for conv1, 1
///   for bn1, and from the first stage on, with or without numbers for ReLU and pooling in between, the
///   numbers of the stages, "4.0.conv1" for "layer1.0.conv1"; or 0.0 and 0.1 if the stem is an nn.Sequential
///   of its own;
/// - "shortcut" for "downsample" in a block, as in many CIFAR ResNets.
/// All other names are unchanged.
NamedTensors withTorchvisionNames(const NamedTensors &tensors);

} // namespace simclr
