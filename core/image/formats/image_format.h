// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"
#include "core/image/image.h"

#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace simclr {

/// Why bytes are not a valid image, worded to follow "NAME ": "is damaged: …". codec.cpp prepends the name.
class FormatError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Contents of a header, known before any pixel is decoded.
struct ImageHeader {
    ImageSize size; ///< as stored, before the image is rotated upright
    int bits = 8;   ///< per channel
};

/// Pixels as a file stores them: 8-bit in `image`, or in `deep` if the file has more bits.
struct StoredPixels {
    Image image;
    std::vector<std::uint16_t> deep; ///< height × width × 3, RGB
    ImageSize deepSize;
    bool isInverted = false; ///< the deep values: 0 is white
    int orientation = 1;     ///< as in EXIF, 1 to 8; 1 is upright
};

/// One kind of image file.
struct ImageFormat {
    const char *title;                            ///< "JPEG"
    std::span<const std::string_view> extensions; ///< in lower case with their dots
    bool (*recognises)(std::string_view bytes);
    /// Nothing if the header is damaged.
    std::optional<ImageHeader> (*header)(std::string_view bytes);
    /// Throws FormatError for damage that is found without decoding, such as a missing end.
    void (*check)(std::string_view bytes);
    /// Decodes an image of the size given by its header, the first frame of an animation.
    /// Throws FormatError.
    StoredPixels (*decode)(std::string_view bytes, const ImageSize &size);
};

/// All supported formats; each is in its own file in this folder.
std::span<const ImageFormat> imageFormats();

extern const ImageFormat jpegFormat;
extern const ImageFormat pngFormat;
extern const ImageFormat webpFormat;
extern const ImageFormat tiffFormat;
extern const ImageFormat gifFormat;
extern const ImageFormat bmpFormat;
extern const ImageFormat pnmFormat;

} // namespace simclr
