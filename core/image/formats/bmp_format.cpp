// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"
#include "core/image/formats/opencv_decode.h"

namespace simclr {

namespace {

using namespace std::string_view_literals;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("BM"sv);
}

std::optional<ImageSize> sizeInHeader(std::string_view bytes) {
    if (littleEndian(bytes, 14, 4) == 12)
        return sizeOf(littleEndian(bytes, 18, 2), littleEndian(bytes, 20, 2));
    const unsigned height = littleEndian(bytes, 22, 4); // negative: from top to bottom
    return sizeOf(littleEndian(bytes, 18, 4), height > 0x7FFFFFFF ? 0u - height : height);
}

std::optional<ImageHeader> header(std::string_view bytes) {
    if (bytes.size() < 30)
        return std::nullopt;
    const auto size = sizeInHeader(bytes);
    return size ? std::optional(ImageHeader{*size}) : std::nullopt;
}

/// The parts of the header that tell how long the rest must be; 64 bits, so that sums do not overflow.
struct Lengths {
    std::uint64_t header;
    std::uint64_t pixelsAt;
    std::uint64_t bits;
    std::uint64_t compression = 0;
    std::uint64_t colors = 0;

    explicit Lengths(std::string_view bytes)
        : header(littleEndian(bytes, 14, 4)), pixelsAt(littleEndian(bytes, 10, 4)) {
        const bool isOld = header == 12;
        bits = littleEndian(bytes, isOld ? 24 : 28, 2);
        if (!isOld && bytes.size() >= 50) {
            compression = littleEndian(bytes, 30, 4);
            colors = littleEndian(bytes, 46, 4);
        }
        if (bits <= 8 && colors == 0)
            colors = std::uint64_t{1} << bits;
    }
    std::uint64_t palette() const { return bits <= 8 ? colors * (header == 12 ? 3 : 4) : 0; }
};

/// A file that is shorter than its header promises. Where rows are run-length coded, only decoding tells.
void check(std::string_view bytes) {
    const Lengths lengths(bytes);
    const auto size = sizeInHeader(bytes);
    const std::uint64_t rowBytes = (static_cast<std::uint64_t>(size->width) * lengths.bits + 31) / 32 * 4;
    const bool isCoded = lengths.compression == 1 || lengths.compression == 2;
    const std::uint64_t pixels = isCoded ? 0 : rowBytes * static_cast<std::uint64_t>(size->height);
    if (lengths.colors > 256 && lengths.bits <= 8)
        throw FormatError("is damaged: its header contradicts itself");
    if (14 + lengths.header + lengths.palette() > bytes.size() || lengths.pixelsAt + pixels > bytes.size())
        throw FormatError("is cut off: the end of the image is missing");
}

constexpr std::string_view extensions[]{".bmp", ".dib"};

} // namespace

const ImageFormat bmpFormat{"BMP", extensions, recognises, header, check, decodeByOpenCv};

} // namespace simclr
