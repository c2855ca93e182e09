// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <optional>
#include <string_view>

namespace simclr {

/// The orientation (CIPA DC-008, tag 0x0112) in EXIF data, which begin with "II" or "MM", optionally after
/// "Exif\0\0". Nothing if the data are damaged or do not contain it. Values beyond 1 to 8 mean 1, upright.
std::optional<int> exifOrientation(std::string_view exif);

/// The same, from XMP (tiff:Orientation).
std::optional<int> xmpOrientation(std::string_view xmp);

/// The value from EXIF, otherwise from XMP, otherwise 1: the order of PIL's ImageOps.exif_transpose.
int orientationFrom(std::string_view exif, std::string_view xmp);

/// Rotates and mirrors an image that is stored with this orientation so that it is upright.
void makeUpright(Image &image, int orientation);

} // namespace simclr
