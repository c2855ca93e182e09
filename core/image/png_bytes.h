// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <string>

namespace simclr {

/// The content of a PNG file of the image. Throws IoError.
std::string pngBytes(const Image &image);

} // namespace simclr
