// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <opencv2/core.hpp>

namespace simclr {

/// The pixels of `image` as an OpenCV matrix (CV_8UC3, RGB) without a copy; valid while `image` lives
/// unchanged.
inline cv::Mat matrixOf(Image &image) {
    return {image.height(), image.width(), CV_8UC3, image.data()};
}

inline const cv::Mat matrixOf(const Image &image) {
    return {image.height(), image.width(), CV_8UC3, const_cast<std::uint8_t *>(image.data())};
}

} // namespace simclr
