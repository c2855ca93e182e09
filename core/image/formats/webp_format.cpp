// SPDX-License-Identifier: GPL-3.0-or-later
// WebP by libwebp; of an animation the first frame, on black if it does not fill the image.
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"
#include "core/image/orientation.h"

#include <memory>

#include <webp/decode.h>
#include <webp/demux.h>

namespace simclr {

namespace {

using namespace std::string_view_literals;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("RIFF"sv) && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP"sv;
}

std::optional<ImageSize> sizeInHeader(std::string_view bytes) {
    if (bytes.size() < 30)
        return std::nullopt;
    const std::string_view chunk = bytes.substr(12, 4);
    if (chunk == "VP8X"sv)
        return sizeOf(littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1);
    if (chunk == "VP8L"sv) {
        const unsigned packed = littleEndian(bytes, 21, 4);
        return sizeOf((packed & 0x3FFF) + 1, ((packed >> 14) & 0x3FFF) + 1);
    }
    if (chunk == "VP8 "sv)
        return sizeOf(littleEndian(bytes, 26, 2) & 0x3FFF, littleEndian(bytes, 28, 2) & 0x3FFF);
    return std::nullopt;
}

std::optional<ImageHeader> header(std::string_view bytes) {
    const auto size = sizeInHeader(bytes);
    return size ? std::optional(ImageHeader{*size}) : std::nullopt;
}

void check(std::string_view bytes) {
    if (bytes.size() - 8 < littleEndian(bytes, 4, 4))
        throw FormatError("is truncated: the end of the image is missing");
}

const std::uint8_t *dataOf(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t *>(bytes.data());
}

using Demuxer = std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)>;

std::string_view chunkOf(const Demuxer &demuxer, const char (&name)[5]) {
    WebPChunkIterator chunk{};
    std::string_view found;
    if (WebPDemuxGetChunk(demuxer.get(), name, 1, &chunk) != 0)
        found = {reinterpret_cast<const char *>(chunk.chunk.bytes), chunk.chunk.size};
    WebPDemuxReleaseChunkIterator(&chunk);
    return found;
}

/// Decodes one frame into its place in the image.
void drawFrame(const WebPIterator &frame, Image &image) {
    if (frame.x_offset < 0 || frame.y_offset < 0 || frame.width > image.width() - frame.x_offset ||
        frame.height > image.height() - frame.y_offset)
        throw FormatError("is damaged: a frame is outside the image");
    std::uint8_t *first = image.row(frame.y_offset) + frame.x_offset * Image::channels;
    const std::size_t room = static_cast<std::size_t>(image.data() + image.byteCount() - first);
    if (!WebPDecodeRGBInto(frame.fragment.bytes, frame.fragment.size, first, room, image.bytesPerRow()))
        throw FormatError("is damaged: its pixels cannot be decoded");
}

StoredPixels decode(std::string_view bytes, const ImageSize &size) {
    const WebPData data{dataOf(bytes), bytes.size()};
    const Demuxer demuxer(WebPDemux(&data), WebPDemuxDelete);
    WebPIterator frame{};
    if (!demuxer || WebPDemuxGetFrame(demuxer.get(), 1, &frame) == 0)
        throw FormatError("is damaged: it contains no complete image");
    const std::unique_ptr<WebPIterator, decltype(&WebPDemuxReleaseIterator)> release(
        &frame, WebPDemuxReleaseIterator);
    StoredPixels pixels;
    pixels.image = Image(size.width, size.height);
    drawFrame(frame, pixels.image);
    pixels.orientation = orientationFrom(chunkOf(demuxer, "EXIF"), chunkOf(demuxer, "XMP "));
    return pixels;
}

constexpr std::string_view extensions[]{".webp"};

} // namespace

const ImageFormat webpFormat{"WebP", extensions, recognises, header, check, decode};

} // namespace simclr
