// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/formats/image_format.h"

#include <array>

namespace simclr {

std::span<const ImageFormat> imageFormats() {
    static const std::array formats{jpegFormat, pngFormat, webpFormat, tiffFormat,
                                    gifFormat,  bmpFormat, pnmFormat};
    return formats;
}

} // namespace simclr
