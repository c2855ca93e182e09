// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/formats/image_format.h"

namespace simclr {

/// Decodes by OpenCV, for kinds of files that need no library of their own. Throws FormatError.
StoredPixels decodeByOpenCv(std::string_view bytes, const ImageSize &size);

} // namespace simclr
