// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"

#include <string_view>

namespace simclr {

/// Decodes a common JPEG straight into `image`, by the library and with the settings that OpenCV uses too, so
/// that the bytes are the same; only the ways around are spared. False for what is not common and left to
/// OpenCV: pictures to be turned as their EXIF data say, CMYK, everything with an error in it, and what is
/// not of the `size` that was found and checked in its header; `image` is then unspecified.
bool decodeCommonJpeg(std::string_view bytes, const ImageSize &size, Image &image);

/// Replaces `image` by what is left of it after it was saved as a JPEG of this quality (1…100), with the
/// library's usual settings as in PIL and OpenCV: colours at half the resolution, the accurate whole-number
/// transforms. A picture longer than the format allows (65 500 pixels) stays as it is.
void passThroughJpeg(Image &image, int quality);

} // namespace simclr
