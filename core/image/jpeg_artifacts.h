// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"

#include <string>
#include <string_view>

namespace simclr {

/// What decoding a JPEG gave besides its pixels.
struct JpegResult {
    std::string
        problem; ///< empty where all is well; else the library's words, and the pixels are unspecified
    int orientation = 1; ///< EXIF's, or else XMP's
};

/// Decodes a JPEG into `image`, as it is stored: grey, YCbCr and CMYK become RGB. The image must be of the
/// `size` that was found and checked in its header. A warning of the library about the data is a problem.
JpegResult decodeJpeg(std::string_view bytes, const ImageSize &size, Image &image);

/// Replaces `image` by what is left of it after it was saved as a JPEG of this quality (1…100), with the
/// library's usual settings as in PIL and OpenCV: colours at half the resolution, the accurate whole-number
/// transforms. A picture longer than the format allows (65 500 pixels) stays as it is.
void passThroughJpeg(Image &image, int quality);

} // namespace simclr
