// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/formats/opencv_decode.h"

#include "core/image/cv_bridge.h"

#include <cstring>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

/// OpenCV's own lines on the terminal name no file.
void keepQuiet() {
    static const bool isQuiet = [] {
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        cv::redirectError([](int, const char *, const char *, const char *, int, void *) { return 0; });
        return true;
    }();
    static_cast<void>(isQuiet);
}

cv::Mat rgbOf(std::string_view bytes) {
    const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<char *>(bytes.data()));
    const cv::Mat decoded =
        cv::imdecode(encoded, cv::IMREAD_COLOR | cv::IMREAD_ANYDEPTH | cv::IMREAD_IGNORE_ORIENTATION);
    if (decoded.empty())
        throw FormatError("is damaged: its pixels cannot be decoded");
    cv::Mat rgb;
    cv::cvtColor(decoded, rgb, cv::COLOR_BGR2RGB);
    return rgb;
}

void copyPixels(const cv::Mat &rgb, StoredPixels &pixels) {
    if (rgb.depth() == CV_16U) {
        pixels.deepSize = {rgb.cols, rgb.rows};
        pixels.deep.assign(rgb.ptr<std::uint16_t>(),
                           rgb.ptr<std::uint16_t>() + rgb.total() * Image::channels);
    } else {
        pixels.image = Image(rgb.cols, rgb.rows);
        std::memcpy(pixels.image.data(), rgb.data, pixels.image.byteCount());
    }
}

} // namespace

StoredPixels decodeByOpenCv(std::string_view bytes, const ImageSize &size) {
    keepQuiet();
    try {
        const cv::Mat rgb = rgbOf(bytes);
        if (rgb.cols != size.width || rgb.rows != size.height)
            throw FormatError("is damaged: its header contradicts itself");
        StoredPixels pixels;
        copyPixels(rgb, pixels);
        return pixels;
    } catch (const cv::Exception &error) {
        throw FormatError("is damaged: " + error.err);
    }
}

} // namespace simclr
