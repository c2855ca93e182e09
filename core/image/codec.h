// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The default limit of pixels per image: all cores decoding images of this size together use a quarter of
/// the memory; between 200 and 500 megapixels.
std::int64_t usualMaxPixels();

/// Limits for reading; checked from the header, before memory for pixels is allocated.
struct DecodeLimits {
    std::uintmax_t maxFileBytes = 512u << 20;
    std::int64_t maxPixels = usualMaxPixels();
};

struct ImageSize {
    int width = 0;
    int height = 0;
};

/// Conversion of values of more than 8 bits to 8 bits: values are taken as `bits`-bit numbers, of which the
/// upper eight bits are kept; larger values become 255. One rule for all images of a dataset, not one per
/// image, so that equal values stay equal.
struct DepthRule {
    int bits = 16; ///< 8 to 16

    bool operator==(const DepthRule &) const = default;
};

/// File name extensions of the formats of decodeImage(): ".jpg" and so on.
std::vector<std::string> imageExtensions();

/// Whether the file name has one of these extensions.
bool hasImageExtension(const std::filesystem::path &path);

/// The image format detected from `bytes`, of which the first 32 of a file suffice: "JPEG"; empty for an
/// unsupported one.
std::string imageKind(std::string_view bytes);

/// The size in the header of an image; nothing if `bytes` is not a supported image.
std::optional<ImageSize> sizeFromHeader(std::string_view bytes);

/// Contents of an image's header.
struct ImageFacts {
    ImageSize size;      ///< as stored, before the image is rotated upright
    bool isDeep = false; ///< more than 8 bits per channel
};

/// Throws InvalidInput naming `name` if `bytes` is empty, no supported image, larger than the limits,
/// truncated or has too many scans.
ImageFacts checkImageBytes(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {});

/// Decodes to 8-bit RGB: deep channels by `depth`, grey and CMYK converted, transparency dropped, rotated
/// upright according to EXIF or XMP, the first frame of an animation. Throws InvalidInput naming `name`.
Image decodeImage(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {},
                  DepthRule depth = {});

/// The smallest of the sensor depths 8, 10, 12, 14 and 16 bits that holds the largest value of a deep image;
/// 0 if the image is not deep. Decodes it. Throws InvalidInput naming `name`.
int bitsInUse(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {});

/// Reads and decodes a file. Throws IoError or InvalidInput, naming it.
Image readImage(const std::filesystem::path &path, const DecodeLimits &limits = {}, DepthRule depth = {});

/// Writes a PNG file. Throws IoError.
void writePng(const Image &image, const std::filesystem::path &path);

} // namespace simclr
