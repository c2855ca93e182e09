// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where an operation has no picture to show.
#pragma once

#include "core/augment/operation.h"
#include "core/image/warp.h"

namespace simclr {

/// The choice among black and grey; `help` says where it stands.
Parameter fillParameter(std::string help);

/// The colour of one of its choices.
Color fillColor(const std::string &id);

} // namespace simclr
