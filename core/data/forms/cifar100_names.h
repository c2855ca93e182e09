// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace simclr {

/// The published names of CIFAR-100's classes, in the order of the labels: 100 fine and 20 coarse ones.
std::vector<std::string> cifar100FineNames();
std::vector<std::string> cifar100CoarseNames();

} // namespace simclr
