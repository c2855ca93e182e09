// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace simclr {

/// "cpu" and every CUDA device that this build and machine support: "cuda:0", …
std::vector<std::string> availableDevices();

} // namespace simclr
