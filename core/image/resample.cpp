// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/resample.h"

#include "core/image/bicubic.h"
#include "core/image/cv_bridge.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

/// The authors' CROP_PROPORTION (data_util.py).
constexpr double cropProportion = 0.875;

/// Beyond this factor four taps cover too little of the source: fine patterns would alias.
constexpr int largestBicubicFactor = 2;

void resized(const cv::Mat &source, int width, int height, int interpolation, Image &target) {
    target.resize(width, height);
    cv::Mat view = matrixOf(target);
    if (source.cols == width && source.rows == height)
        source.copyTo(view);
    else
        cv::resize(source, view, view.size(), 0, 0, interpolation);
}

} // namespace

void cropResized(const Image &source, const PixelRect &rect, int width, int height, Image &target) {
    if (rect.width <= largestBicubicFactor * width && rect.height <= largestBicubicFactor * height)
        return bicubic(source, rect, width, height, target);
    if (rect.width >= width && rect.height >= height)
        return averageAreas(source, rect, width, height, target);
    // Long and thin: one side is shrunk strongly, the other enlarged.
    resized(matrixOf(source)(cv::Rect(rect.x, rect.y, rect.width, rect.height)), width, height,
            cv::INTER_AREA, target);
}

Image centerSquare(const Image &source, int size) {
    if (source.width() == size && source.height() == size)
        return source;
    const int shorter = std::min(source.width(), source.height());
    const int side =
        shorter <= size ? shorter : std::max(size, static_cast<int>(std::lround(shorter * cropProportion)));
    Image target;
    const cv::Rect middle((source.width() - side) / 2, (source.height() - side) / 2, side, side);
    // Shrinking by more than half would alias with bicubic; averaging areas does not.
    const int interpolation = side > 2 * size ? cv::INTER_AREA : cv::INTER_CUBIC;
    resized(matrixOf(source)(middle), size, size, interpolation, target);
    return target;
}

Image fitted(const Image &source, int size) {
    const int longer = std::max(source.width(), source.height());
    if (longer <= size)
        return source;
    const double factor = static_cast<double>(size) / longer;
    Image target;
    resized(matrixOf(source), std::max(1, static_cast<int>(std::lround(source.width() * factor))),
            std::max(1, static_cast<int>(std::lround(source.height() * factor))), cv::INTER_AREA, target);
    return target;
}

} // namespace simclr
