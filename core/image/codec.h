// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace simclr {

/// What is read at most; checked from the header, before any memory for pixels is taken.
struct DecodeLimits {
    std::uintmax_t maxFileBytes = 512u << 20;
    std::int64_t maxPixels = 100'000'000;
};

struct ImageSize {
    int width = 0;
    int height = 0;
};

/// Whether the file name ends like a picture that decodeImage() understands (JPEG, PNG, BMP, WebP, PPM/PGM).
bool hasImageExtension(const std::filesystem::path &path);

/// The size in the header of a JPEG, PNG, BMP, WebP or PNM picture; nothing where `bytes` is none of these.
std::optional<ImageSize> sizeFromHeader(std::string_view bytes);

/// Throws InvalidInput naming `name` when `bytes` is empty, no known picture, larger than the limits, or cut
/// off.
ImageSize checkImageBytes(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {});

/// Decodes to 8-bit RGB: 16-bit is scaled down, grey and CMYK converted, transparency dropped, EXIF
/// orientation applied. Throws InvalidInput naming `name`.
Image decodeImage(std::string_view bytes, const std::string &name, const DecodeLimits &limits = {});

/// Reads and decodes a file. Throws IoError or InvalidInput, naming it.
Image readImage(const std::filesystem::path &path, const DecodeLimits &limits = {});

/// Writes a PNG file. Throws IoError.
void writePng(const Image &image, const std::filesystem::path &path);

} // namespace simclr
