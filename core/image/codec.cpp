// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/codec.h"

#include "core/image/formats/image_format.h"
#include "core/image/orientation.h"
#include "core/image/png_bytes.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/kernel_list.h"
#include "core/util/lower_case.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

const ImageFormat *formatOf(std::string_view bytes) {
    for (const ImageFormat &format : imageFormats())
        if (format.recognises(bytes))
            return &format;
    return nullptr;
}

std::string titlesOfFormats() {
    std::string titles;
    for (const ImageFormat &format : imageFormats())
        titles += (titles.empty() ? "" : ", ") + std::string(format.title);
    return titles;
}

void requireWithin(const ImageSize &size, const std::string &name, const DecodeLimits &limits) {
    if (std::int64_t{size.width} * size.height > limits.maxPixels)
        throw InvalidInput(name + " is too large: " + std::to_string(size.width) + " × " +
                           std::to_string(size.height) + " pixels, at most " +
                           std::to_string(limits.maxPixels) + " pixels are allowed");
}

struct Checked {
    const ImageFormat *format;
    ImageHeader header;
};

Checked checked(std::string_view bytes, const std::string &name, const DecodeLimits &limits) {
    if (bytes.empty())
        throw InvalidInput(name + " is empty");
    const ImageFormat *format = formatOf(bytes);
    const auto header = format ? format->header(bytes) : std::nullopt;
    if (!header)
        throw InvalidInput(name + " is not an image of a supported format (" + titlesOfFormats() + ")");
    requireWithin(header->size, name, limits);
    try {
        format->check(bytes);
    } catch (const FormatError &error) {
        throw InvalidInput(name + " " + error.what());
    }
    return {format, *header};
}

StoredPixels storedPixels(std::string_view bytes, const std::string &name, const DecodeLimits &limits) {
    const auto [format, header] = checked(bytes, name, limits);
    try {
        return format->decode(bytes, header.size);
    } catch (const FormatError &error) {
        throw InvalidInput(name + " " + error.what());
    } catch (const std::bad_alloc &) {
        throw InvalidInput(name + " needs more memory than is available");
    }
}

Image reduced(const StoredPixels &pixels, DepthRule depth) {
    Image image(pixels.deepSize.width, pixels.deepSize.height);
    const int shift = depth.bits - 8;
    const int inverted = pixels.isInverted ? 255 : 0;
    for (std::size_t i = 0; i < pixels.deep.size(); ++i)
        image.data()[i] = static_cast<std::uint8_t>(std::min(pixels.deep[i] >> shift, 255) ^ inverted);
    return image;
}

} // namespace

std::int64_t usualMaxPixels() {
    static const std::int64_t pixels = [] {
        constexpr std::uint64_t bytesPerPixel = 8; // including the memory of decoders and rotation
        const std::uint64_t memory = listedBytes("/proc/meminfo", "MemTotal");
        const std::uint64_t share = memory / 4 / bytesPerPixel / static_cast<std::uint64_t>(coreCount());
        return static_cast<std::int64_t>(std::clamp<std::uint64_t>(share, 200'000'000, 500'000'000));
    }();
    return pixels;
}

std::vector<std::string> imageExtensions() {
    std::vector<std::string> extensions;
    for (const ImageFormat &format : imageFormats())
        extensions.insert(extensions.end(), format.extensions.begin(), format.extensions.end());
    return extensions;
}

bool hasImageExtension(const std::filesystem::path &path) {
    const std::string extension = lowerCase(path.extension().native());
    return std::ranges::any_of(imageFormats(), [&](const ImageFormat &format) {
        return std::ranges::find(format.extensions, extension) != format.extensions.end();
    });
}

std::string imageKind(std::string_view bytes) {
    const ImageFormat *format = formatOf(bytes);
    return format ? format->title : "";
}

std::optional<ImageSize> sizeFromHeader(std::string_view bytes) {
    const ImageFormat *format = formatOf(bytes);
    const auto header = format ? format->header(bytes) : std::nullopt;
    return header ? std::optional(header->size) : std::nullopt;
}

ImageFacts checkImageBytes(std::string_view bytes, const std::string &name, const DecodeLimits &limits) {
    const ImageHeader header = checked(bytes, name, limits).header;
    return {header.size, header.bits > 8};
}

Image decodeImage(std::string_view bytes, const std::string &name, const DecodeLimits &limits,
                  DepthRule depth) {
    StoredPixels pixels = storedPixels(bytes, name, limits);
    Image image = pixels.deep.empty() ? std::move(pixels.image) : reduced(pixels, depth);
    makeUpright(image, pixels.orientation);
    return image;
}

int bitsInUse(std::string_view bytes, const std::string &name, const DecodeLimits &limits) {
    const StoredPixels pixels = storedPixels(bytes, name, limits);
    if (pixels.deep.empty())
        return 0;
    const int largest = std::ranges::max(pixels.deep);
    constexpr std::array depths{8, 10, 12, 14, 16};
    return *std::ranges::find_if(depths, [largest](int bits) { return largest < 1 << bits; });
}

Image readImage(const std::filesystem::path &path, const DecodeLimits &limits, DepthRule depth) {
    return decodeImage(readFile(path, limits.maxFileBytes), displayName(path), limits, depth);
}

void writePng(const Image &image, const std::filesystem::path &path) {
    writeFileAtomically(path, pngBytes(image));
}

} // namespace simclr
