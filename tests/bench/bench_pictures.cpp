// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bench_pictures.h"

#include "core/image/cv_bridge.h"
#include "core/util/files.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace simclr::bench {

namespace {

/// Noise of the given grain: few random colours, interpolated.
cv::Mat noise(cv::Size size, int grain, cv::RNG &random) {
    cv::Mat small(size.height / grain + 2, size.width / grain + 2, CV_32FC3);
    random.fill(small, cv::RNG::NORMAL, 0, 1);
    // Most of a photograph's contrast is in its brightness.
    cv::transform(small, small, cv::Matx33f(1, 0.25f, 0, 1, 0, 0.25f, 1, -0.15f, -0.15f));
    cv::Mat large;
    cv::resize(small, large, size, 0, 0, cv::INTER_CUBIC);
    return large;
}

void drawThings(cv::Mat &picture, cv::RNG &random) {
    for (int i = 0; i < 12; ++i) {
        const cv::Point centre(random.uniform(0, picture.cols), random.uniform(0, picture.rows));
        const cv::Size axes(random.uniform(4, picture.cols / 4 + 5), random.uniform(4, picture.rows / 4 + 5));
        const cv::Scalar color(random.uniform(-90, 90), random.uniform(-90, 90), random.uniform(-90, 90));
        cv::Mat mask(picture.size(), CV_8UC1, cv::Scalar(0));
        cv::ellipse(mask, centre, axes, random.uniform(0, 180), 0, 360, 255, cv::FILLED);
        cv::add(picture, color, picture, mask);
    }
}

} // namespace

Image photograph(int width, int height, std::uint32_t number) {
    cv::RNG random(number * 2654435761u + 12345);
    cv::Mat picture(height, width, CV_32FC3, cv::Scalar(120, 115, 105));
    for (int grain = 128; grain >= 1; grain /= 2)
        picture += noise(picture.size(), grain, random) * (4 + 22 * std::sqrt(grain / 128.0));
    drawThings(picture, random);
    Image image(width, height);
    cv::Mat target = matrixOf(image);
    picture.convertTo(target, CV_8UC3);
    return image;
}

void writePhotographs(const std::filesystem::path &folder, int count, int width, int height) {
    std::filesystem::create_directories(folder / "photos");
    for (int i = 0; i < count; ++i) {
        cv::Mat swapped;
        cv::cvtColor(matrixOf(photograph(width, height, static_cast<std::uint32_t>(i))), swapped,
                     cv::COLOR_RGB2BGR);
        std::vector<unsigned char> bytes;
        cv::imencode(".jpg", swapped, bytes, {cv::IMWRITE_JPEG_QUALITY, 92});
        writeFileAtomically(folder / "photos" / (std::to_string(1000 + i) + ".jpg"),
                            {reinterpret_cast<const char *>(bytes.data()), bytes.size()});
    }
}

} // namespace simclr::bench
