// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace simclr {

/// A rectangle of pixels inside an image.
struct PixelRect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// Cuts `rect` out of `source` and resizes it to width × height by bicubic interpolation with a = −0.75,
/// edges repeated and no anti-aliasing (as in the authors' crop_and_resize): OpenCV's INTER_CUBIC to within
/// one level. When shrunk to less than half, areas are averaged instead, as in centerSquare(), so that large
/// photographs do not alias. `target` may be reused between calls, but must not be `source`.
void cropResized(const Image &source, const PixelRect &rect, int width, int height, Image &target);

/// The input of an encoder at test time: the centre crop (the full shorter side if the image is already
/// small, otherwise 87.5 % of it as in the authors' CROP_PROPORTION), resized to size × size. An image that
/// is already size × size is returned unchanged.
Image centerSquare(const Image &source, int size);

/// The image scaled to fit into size × size, for thumbnails; never enlarged.
Image fitted(const Image &source, int size);

} // namespace simclr
