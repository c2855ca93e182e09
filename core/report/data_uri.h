// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <string>
#include <string_view>

namespace simclr {

/// RFC 4648.
std::string base64(std::string_view bytes);

/// The image as a "data:" address that contains it as PNG. Throws IoError.
std::string dataUri(const Image &image);

} // namespace simclr
