// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/png_bytes.h"

#include "core/image/cv_bridge.h"
#include "core/util/error.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace simclr {

std::string pngBytes(const Image &image) {
    std::vector<unsigned char> encoded;
    try {
        cv::Mat swapped;
        cv::cvtColor(matrixOf(image), swapped, cv::COLOR_RGB2BGR);
        cv::imencode(".png", swapped, encoded);
    } catch (const cv::Exception &error) {
        throw IoError("cannot encode an image as PNG: " + error.err);
    }
    return {encoded.begin(), encoded.end()};
}

} // namespace simclr
