// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"

#include <string>
#include <string_view>

namespace simclr {

/// Results of decoding a JPEG besides its pixels.
struct JpegResult {
    std::string problem; ///< empty if decoding succeeded; otherwise the library's message, and the pixels are
                         ///< unspecified
    int orientation = 1; ///< from EXIF, otherwise from XMP
};

/// Decodes a JPEG into `image`, in its stored orientation: grey, YCbCr and CMYK become RGB. The image must be
/// of the `size` that was read from its header and checked. A warning of the library about the data is a
/// problem.
JpegResult decodeJpeg(std::string_view bytes, const ImageSize &size, Image &image);

/// Compresses `image` as a JPEG of this quality (1…100) and decodes it again, with the library's default
/// settings as in PIL and OpenCV: 4:2:0 chroma subsampling, the accurate integer DCT. An image larger than
/// the format allows (65 500 pixels) is unchanged.
void passThroughJpeg(Image &image, int quality);

} // namespace simclr
