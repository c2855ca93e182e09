// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The most pixels that an image may have unless a limit is given: as many as every core can decode at once
/// in a quarter of the memory, between 200 and 500 megapixels.
std::int64_t usualMaxPixels();

/// What is read at most; checked from the header, before any memory for pixels is taken.
struct DecodeLimits {
    std::uintmax_t maxFileBytes = 512u << 20;
    std::int64_t maxPixels = usualMaxPixels();
};

struct ImageSize {
    int width = 0;
    int height = 0;
};

/// How values of more than 8 bits become 8 bits: the values are taken to have `bits` bits, of which the upper
/// eight are kept; what is larger becomes 255. One rule for all images of a dataset, never one for each
/// image, so that equal values stay equal.
struct DepthRule {
    int bits = 16; ///< 8 to 16

    bool operator==(const DepthRule &) const = default;
};

/// How the names of files end that decodeImage() understands: ".jpg" and so on.
std::vector<std::string> imageExtensions();

/// Whether the file name ends like an image that decodeImage() understands.
bool hasImageExtension(const std::filesystem::path &path);

/// The kind of image that `bytes`, perhaps only the first 32 of a file, begin like: "JPEG"; empty for none
/// that is read.
std::string imageKind(std::string_view bytes);

/// The size in the header of an image; nothing where `bytes` is none that is read.
std::optional<ImageSize> sizeFromHeader(std::string_view bytes);

/// What an image's header tells.
struct ImageFacts {
    ImageSize size;      ///< as stored, before the image is turned upright
    bool isDeep = false; ///< more than 8 bits for each channel
};

/// Throws InvalidInput naming `name` when `bytes` is empty, no known image, larger than the limits, cut off
/// or of more scans than ordinary images have.
ImageFacts checkImageBytes(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {});

/// Decodes to 8-bit RGB: deep channels by `depth`, grey and CMYK converted, transparency dropped, turned
/// upright as EXIF or XMP tell, the first frame of an animation. Throws InvalidInput naming `name`.
Image decodeImage(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {},
                  DepthRule depth = {});

/// The least of 8, 10, 12, 14 and 16 bits, the depths of sensors, that the largest value of a deep image fits
/// into; 0 where the image is not deep. Decodes it. Throws InvalidInput naming `name`.
int bitsInUse(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {});

/// Reads and decodes a file. Throws IoError or InvalidInput, naming it.
Image readImage(const std::filesystem::path &path, const DecodeLimits &limits = {}, DepthRule depth = {});

/// Writes a PNG file. Throws IoError.
void writePng(const Image &image, const std::filesystem::path &path);

} // namespace simclr
