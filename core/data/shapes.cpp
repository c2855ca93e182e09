// SPDX-License-Identifier: GPL-3.0-or-later
// The built-in dataset: one shape a picture, drawn by the program. The class is the shape. Colours of shape and
// background are drawn anew for every picture, so that they give two crops of one picture away at once (Fig. 6) and yet
// say nothing of the class.
#include "core/data/stored_dataset.h"
#include "core/image/cv_bridge.h"
#include "core/util/hash.h"
#include "core/util/parallel.h"
#include "core/util/random.h"

#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

constexpr int side = 32;
constexpr int oversampling = 4; ///< drawn so many times larger, then averaged: smooth edges
constexpr int canvasSide = side * oversampling;
constexpr int imagesPerClass = 320;
constexpr int testImagesPerClass = 64;
constexpr int subpixelBits = 6;
/// Changes whenever what is drawn changes, so that fingerprints do.
constexpr int drawingVersion = 1;

const std::vector<std::string> classNames{"circle", "crescent", "cross", "heart", "ring", "square", "star", "triangle"};

using Outline = std::vector<cv::Point2d>;

Outline regularPolygon(int corners, double phase) {
    Outline outline;
    for (int i = 0; i < corners; ++i) {
        const double angle = phase + 2 * std::numbers::pi * i / corners;
        outline.emplace_back(std::cos(angle), std::sin(angle));
    }
    return outline;
}

Outline star() {
    Outline outline;
    for (int i = 0; i < 10; ++i) {
        const double angle = -std::numbers::pi / 2 + std::numbers::pi * i / 5;
        const double radius = i % 2 == 0 ? 1 : 0.42;
        outline.emplace_back(radius * std::cos(angle), radius * std::sin(angle));
    }
    return outline;
}

Outline cross() {
    constexpr double arm = 0.32;
    return {{-arm, -1}, {arm, -1}, {arm, -arm}, {1, -arm}, {1, arm},   {arm, arm},
            {arm, 1},   {-arm, 1}, {-arm, arm}, {-1, arm}, {-1, -arm}, {-arm, -arm}};
}

Outline heart() {
    Outline outline;
    for (int i = 0; i < 60; ++i) {
        const double t = 2 * std::numbers::pi * i / 60;
        const double x = 16 * std::pow(std::sin(t), 3);
        const double y = 13 * std::cos(t) - 5 * std::cos(2 * t) - 2 * std::cos(3 * t) - std::cos(4 * t);
        outline.emplace_back(x / 16, -y / 16);
    }
    return outline;
}

/// The outer arc of a disc and back along the arc of another one moved to the right.
Outline crescent() {
    Outline outline;
    constexpr double opening = 0.9; // half the angle that the horns leave open
    for (int i = 0; i <= 40; ++i) {
        const double angle = opening + (2 * std::numbers::pi - 2 * opening) * i / 40;
        outline.emplace_back(std::cos(angle), std::sin(angle));
    }
    const cv::Point2d tip(std::cos(opening), std::sin(opening));
    const double centre = 0.55;
    const double radius = std::hypot(tip.x - centre, tip.y);
    const double start = std::atan2(-tip.y, tip.x - centre);
    const double sweep = 2 * std::numbers::pi - 2 * std::abs(start);
    for (int i = 1; i < 30; ++i) {
        const double angle = start - sweep * i / 30;
        outline.emplace_back(centre + radius * std::cos(angle), radius * std::sin(angle));
    }
    return outline;
}

/// The closed curves of a class; what lies inside an even number of them stays background.
std::vector<Outline> outlinesOf(int label) {
    Outline inner = regularPolygon(60, 0);
    for (cv::Point2d &point : inner)
        point *= 0.55;
    switch (label) {
    case 0: return {regularPolygon(60, 0)};
    case 1: return {crescent()};
    case 2: return {cross()};
    case 3: return {heart()};
    case 4: return {regularPolygon(60, 0), inner};
    case 5: return {regularPolygon(4, std::numbers::pi / 4)};
    case 6: return {star()};
    default: return {regularPolygon(3, -std::numbers::pi / 2)};
    }
}

cv::Scalar drawColor(RandomStream &draws) {
    std::array<double, 3> levels;
    for (double &level : levels)
        level = draws.uniform(0, 255);
    return {levels[0], levels[1], levels[2]};
}

double greyLevel(const cv::Scalar &color) { return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]; }

/// A colour that stands out from `other` also where both are grey.
cv::Scalar drawContrastingColor(RandomStream &draws, const cv::Scalar &other) {
    constexpr double leastDifference = 50;
    cv::Scalar color = drawColor(draws);
    while (std::abs(greyLevel(color) - greyLevel(other)) < leastDifference)
        color = drawColor(draws);
    return color;
}

/// A plane of `color` that brightens along a random direction and carries fine noise.
cv::Mat drawSurface(RandomStream &draws, const cv::Scalar &color) {
    const double direction = draws.uniform(0, 2 * std::numbers::pi);
    const double slope = draws.uniform(0, 40) / canvasSide;
    const double grain = draws.uniform(0, 10);
    cv::Mat surface(canvasSide, canvasSide, CV_8UC3);
    for (int y = 0; y < canvasSide; ++y)
        for (int x = 0; x < canvasSide; ++x) {
            const double along = (x - canvasSide / 2) * std::cos(direction) + (y - canvasSide / 2) * std::sin(direction);
            const double lift = slope * along + grain * (draws.uniform() + draws.uniform() - 1) * oversampling / 2;
            for (int channel = 0; channel < 3; ++channel)
                surface.at<cv::Vec3b>(y, x)[channel] = cv::saturate_cast<std::uint8_t>(color[channel] + lift);
        }
    return surface;
}

/// White where the shape is.
cv::Mat drawMask(RandomStream &draws, int label) {
    const double radius = draws.uniform(0.30, 0.44) * canvasSide;
    const double angle = draws.uniform(-0.45, 0.45);
    const double reach = canvasSide / 2.0 - radius;
    const double x = canvasSide / 2.0 + draws.uniform(-reach, reach);
    const double y = canvasSide / 2.0 + draws.uniform(-reach, reach);
    std::vector<std::vector<cv::Point>> polygons;
    for (const Outline &outline : outlinesOf(label)) {
        auto &polygon = polygons.emplace_back();
        for (const cv::Point2d &point : outline)
            polygon.emplace_back(
                cvRound((x + radius * (point.x * std::cos(angle) - point.y * std::sin(angle))) * (1 << subpixelBits)),
                cvRound((y + radius * (point.x * std::sin(angle) + point.y * std::cos(angle))) * (1 << subpixelBits)));
    }
    cv::Mat mask = cv::Mat::zeros(canvasSide, canvasSide, CV_8UC1);
    cv::fillPoly(mask, polygons, cv::Scalar(255), cv::LINE_8, subpixelBits);
    return mask;
}

Image drawPicture(std::uint64_t seed, std::uint32_t sample, int label) {
    RandomStream draws({seed, Purpose::Shapes, 0, sample, 0});
    const cv::Scalar background = drawColor(draws);
    const cv::Scalar foreground = drawContrastingColor(draws, background);
    cv::Mat canvas = drawSurface(draws, background);
    const cv::Mat surface = drawSurface(draws, foreground);
    surface.copyTo(canvas, drawMask(draws, label));
    Image image(side, side);
    cv::Mat pixels = matrixOf(image);
    cv::resize(canvas, pixels, pixels.size(), 0, 0, cv::INTER_AREA);
    return image;
}

std::vector<SampleInfo> listSamples() {
    std::vector<SampleInfo> samples;
    for (int number = 0; number < imagesPerClass; ++number)
        for (int label = 0; label < static_cast<int>(classNames.size()); ++label)
            samples.push_back({classNames[static_cast<std::size_t>(label)] + " " + std::to_string(number + 1), label,
                               number >= imagesPerClass - testImagesPerClass});
    return samples;
}

} // namespace

DatasetPtr openShapes(std::uint64_t seed) {
    std::vector<SampleInfo> samples = listSamples();
    std::vector<Image> images(samples.size());
    parallelFor(samples.size(), 0, [&](std::size_t i) {
        images[i] = drawPicture(seed, static_cast<std::uint32_t>(i), samples[i].label);
    });
    DatasetReport report;
    report.kind = "shapes";
    report.title = "Shapes";
    report.source = "shapes:" + std::to_string(seed);
    report.classNames = classNames;
    report.inMemory = true;
    report.smallest = report.largest = {side, side};
    const std::string identity = report.source + ", drawing " + std::to_string(drawingVersion);
    return std::make_shared<MemoryDataset>(std::move(report), std::move(samples), std::move(images), sha256(identity));
}

} // namespace simclr
