// SPDX-License-Identifier: GPL-3.0-or-later
// The fill for pixels that an operation leaves undefined.
#pragma once

#include "core/augment/operation.h"
#include "core/image/warp.h"

namespace simclr {

/// The choice among black and grey; `help` says where it is used.
Parameter fillParameter(std::string help);

/// The colour of one of its choices.
Color fillColor(const std::string &id);

} // namespace simclr
