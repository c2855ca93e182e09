// SPDX-License-Identifier: GPL-3.0-or-later
// Binary PGM and PPM.
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace simclr {

namespace {

using namespace std::string_view_literals;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("P5"sv) || bytes.starts_with("P6"sv);
}

/// The next number of a header, after white space and comments.
std::optional<unsigned> nextNumber(std::string_view bytes, std::size_t &at) {
    while (at < bytes.size() && (std::isspace(static_cast<unsigned char>(bytes[at])) || bytes[at] == '#')) {
        if (bytes[at] == '#')
            at = std::min(bytes.find('\n', at), bytes.size());
        else
            ++at;
    }
    unsigned number = 0;
    const auto [end, failure] = std::from_chars(bytes.data() + at, bytes.data() + bytes.size(), number);
    if (failure != std::errc{})
        return std::nullopt;
    at = static_cast<std::size_t>(end - bytes.data());
    return number;
}

struct PnmHeader {
    ImageHeader image;
    std::size_t channels = 1;
    unsigned largest = 255; ///< largest allowed value
    std::size_t end = 0;    ///< where the pixels begin

    std::size_t samples() const {
        return channels * static_cast<std::size_t>(image.size.width) *
               static_cast<std::size_t>(image.size.height);
    }
    /// A value scaled to 0…255.
    std::uint8_t level(unsigned value) const {
        return static_cast<std::uint8_t>(std::min((value * 255 + largest / 2) / largest, 255u));
    }
    std::size_t bytes() const { return samples() * (image.bits == 16 ? 2 : 1); }
};

std::optional<PnmHeader> wholeHeader(std::string_view bytes) {
    std::size_t at = 2;
    const auto width = nextNumber(bytes, at);
    const auto height = nextNumber(bytes, at);
    const auto largest = nextNumber(bytes, at);
    const auto size = width && height ? sizeOf(*width, *height) : std::nullopt;
    if (!size || !largest || *largest == 0 || *largest > 65535)
        return std::nullopt;
    return PnmHeader{{*size, *largest > 255 ? 16 : 8}, bytes[1] == '6' ? 3u : 1u, *largest, at + 1};
}

std::optional<ImageHeader> header(std::string_view bytes) {
    const auto found = wholeHeader(bytes);
    return found ? std::optional(found->image) : std::nullopt;
}

void check(std::string_view bytes) {
    const auto found = wholeHeader(bytes);
    if (!found || found->end > bytes.size() || found->bytes() > bytes.size() - found->end)
        throw FormatError("is truncated: the end of the image is missing");
}

/// Calls target(i, value) for each of three channels of every pixel.
template <typename Value, typename Target>
void spread(const PnmHeader &header, const Value &value, const Target &target) {
    const std::size_t copies = 3 / header.channels;
    for (std::size_t sample = 0; sample < header.samples(); ++sample)
        for (std::size_t copy = 0; copy < copies; ++copy)
            target(sample * copies + copy, value(sample));
}

StoredPixels decode(std::string_view bytes, const ImageSize &size) {
    const PnmHeader header = *wholeHeader(bytes);
    const std::string_view data = bytes.substr(header.end);
    StoredPixels pixels;
    if (header.image.bits == 16) {
        pixels.deepSize = size;
        pixels.deep.resize(3 * header.samples() / header.channels);
        spread(
            header, [&](std::size_t i) { return static_cast<std::uint16_t>(bigEndian(data, 2 * i, 2)); },
            [&](std::size_t i, std::uint16_t value) { pixels.deep[i] = value; });
    } else {
        pixels.image = Image(size.width, size.height);
        spread(
            header, [&](std::size_t i) { return header.level(byteAt(data, i)); },
            [&](std::size_t i, std::uint8_t value) { pixels.image.data()[i] = value; });
    }
    return pixels;
}

constexpr std::string_view extensions[]{".ppm", ".pgm", ".pnm"};

} // namespace

const ImageFormat pnmFormat{"PNM", extensions, recognises, header, check, decode};

} // namespace simclr
