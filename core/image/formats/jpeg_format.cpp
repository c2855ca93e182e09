// SPDX-License-Identifier: GPL-3.0-or-later
// JPEG by libjpeg-turbo. A warning of the library about the data counts as damage: it would fill the rest
// with grey.
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"
#include "core/image/jpeg_artifacts.h"

#include <string>

namespace simclr {

namespace {

using namespace std::string_view_literals;

/// Real images have about ten scans; browsers also stop at a hundred. Each costs a pass over all
/// coefficients.
constexpr int mostScans = 100;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("\xFF\xD8\xFF"sv);
}

bool isStartOfFrame(unsigned marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Walks the segments (ITU T.81, B.1.1) to the frame header.
std::optional<ImageHeader> header(std::string_view bytes) {
    std::size_t at = 2;
    while (at + 9 < bytes.size()) {
        if (byteAt(bytes, at) != 0xFF)
            return std::nullopt;
        const unsigned marker = byteAt(bytes, at + 1);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (isStartOfFrame(marker)) {
            const auto size = sizeOf(bigEndian(bytes, at + 7, 2), bigEndian(bytes, at + 5, 2));
            return size ? std::optional(ImageHeader{*size}) : std::nullopt;
        }
        const bool alone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
        at += 2 + (alone ? 0 : bigEndian(bytes, at + 2, 2));
    }
    return std::nullopt;
}

/// Walks a whole image marker by marker from its start to its end marker; data after that (such as a phone's
/// video) are ignored.
void check(std::string_view bytes) {
    int scans = 0;
    std::size_t at = 2;
    while ((at = bytes.find('\xFF', at)) != std::string_view::npos && at + 1 < bytes.size()) {
        const unsigned marker = byteAt(bytes, at + 1);
        const bool isWithinScan = marker == 0x00 || (marker >= 0xD0 && marker <= 0xD7);
        if (marker == 0xD9)
            return;
        if (marker == 0xDA && ++scans > mostScans)
            throw FormatError("has more than " + std::to_string(mostScans) + " scans, the maximum supported");
        if (marker == 0xFF)
            at += 1;
        else if (isWithinScan || marker == 0x01 || at + 3 >= bytes.size())
            at += 2;
        else
            at += 2 + bigEndian(bytes, at + 2, 2);
    }
    throw FormatError("is truncated: the end of the image is missing");
}

StoredPixels decode(std::string_view bytes, const ImageSize &size) {
    StoredPixels pixels;
    const JpegResult result = decodeJpeg(bytes, size, pixels.image);
    if (!result.problem.empty())
        throw FormatError("is damaged: " + result.problem);
    pixels.orientation = result.orientation;
    return pixels;
}

constexpr std::string_view extensions[]{".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".mpo"};

} // namespace

const ImageFormat jpegFormat{"JPEG", extensions, recognises, header, check, decode};

} // namespace simclr
