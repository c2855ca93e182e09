// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/codec.h"

#include "core/image/cv_bridge.h"
#include "core/image/jpeg.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <array>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

using namespace std::string_view_literals;

/// OpenCV decodes the first part of a cut-off JPEG without complaint and fills the rest with grey. A whole
/// one is walked here marker by marker (ITU T.81, B.1) from its start to its end marker; what follows that (a
/// phone's video, say) does not matter.
bool isCutOffJpeg(std::string_view bytes) {
    if (!bytes.starts_with("\xFF\xD8"sv))
        return false;
    const auto byteAt = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    std::size_t at = 2;
    while ((at = bytes.find('\xFF', at)) != std::string_view::npos && at + 1 < bytes.size()) {
        const unsigned marker = byteAt(at + 1);
        const bool insideScan = marker == 0x00 || (marker >= 0xD0 && marker <= 0xD7);
        if (marker == 0xD9)
            return false;
        if (marker == 0xFF)
            at += 1;
        else if (insideScan || marker == 0x01 || at + 3 >= bytes.size())
            at += 2;
        else
            at += 2 + (std::size_t{byteAt(at + 2)} << 8 | byteAt(at + 3));
    }
    return true;
}

bool isCutOffPng(std::string_view bytes) {
    return bytes.starts_with("\x89PNG"sv) && bytes.rfind("IEND"sv) == std::string_view::npos;
}

} // namespace

bool hasImageExtension(const std::filesystem::path &path) {
    static constexpr std::array extensions{".jpg"sv,  ".jpeg"sv, ".jpe"sv, ".png"sv, ".bmp"sv,
                                           ".webp"sv, ".ppm"sv,  ".pgm"sv, ".pnm"sv};
    std::string extension = path.extension().native();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) {
        return static_cast<char>(c < 'A' || c > 'Z' ? c : c + 32);
    });
    return std::ranges::find(extensions, extension) != extensions.end();
}

ImageSize checkImageBytes(std::string_view bytes, const std::string &name, const DecodeLimits &limits) {
    if (bytes.empty())
        throw InvalidInput(name + " is empty");
    const auto size = sizeFromHeader(bytes);
    if (!size)
        throw InvalidInput(name + " is not a picture that can be read (JPEG, PNG, BMP, WebP or PNM)");
    if (std::int64_t{size->width} * size->height > limits.maxPixels)
        throw InvalidInput(name + " is too large: " + std::to_string(size->width) + " × " +
                           std::to_string(size->height) + " pixels, at most " +
                           std::to_string(limits.maxPixels) + " pixels are decoded");
    if (isCutOffJpeg(bytes) || isCutOffPng(bytes))
        throw InvalidInput(name + " is cut off: the end of the picture is missing");
    return *size;
}

Image decodeImage(std::string_view bytes, const std::string &name, const DecodeLimits &limits) {
    const ImageSize size = checkImageBytes(bytes, name, limits);
    Image common;
    if (bytes.starts_with("\xFF\xD8"sv) && decodeCommonJpeg(bytes, size, common))
        return common;
    try {
        const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<char *>(bytes.data()));
        const cv::Mat decoded = cv::imdecode(encoded, cv::IMREAD_COLOR);
        if (decoded.empty())
            throw InvalidInput(name + " is damaged and cannot be decoded");
        Image image(decoded.cols, decoded.rows);
        cv::Mat target = matrixOf(image);
        cv::cvtColor(decoded, target, cv::COLOR_BGR2RGB);
        return image;
    } catch (const cv::Exception &error) {
        throw InvalidInput(name + " cannot be decoded: " + error.err);
    }
}

Image readImage(const std::filesystem::path &path, const DecodeLimits &limits) {
    return decodeImage(readFile(path, limits.maxFileBytes), displayName(path), limits);
}

void writePng(const Image &image, const std::filesystem::path &path) {
    std::vector<unsigned char> encoded;
    try {
        cv::Mat swapped;
        cv::cvtColor(matrixOf(image), swapped, cv::COLOR_RGB2BGR);
        cv::imencode(".png", swapped, encoded);
    } catch (const cv::Exception &error) {
        throw IoError("cannot encode " + displayName(path) + ": " + error.err);
    }
    writeFileAtomically(path, {reinterpret_cast<const char *>(encoded.data()), encoded.size()});
}

} // namespace simclr
