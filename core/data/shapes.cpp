// SPDX-License-Identifier: GPL-3.0-or-later
// The built-in dataset: images rendered by the program, each with one kind of shape. The class is the shape.
// Colours of shapes and background are sampled for every image, so that they identify two crops of one image
// (Fig. 6) but are independent of the class.
#include "core/data/encoded_dataset.h"
#include "core/data/stored_dataset.h"
#include "core/image/cv_bridge.h"
#include "core/random/random.h"
#include "core/util/hash.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

constexpr int side = 64;
constexpr int oversampling = 4; ///< supersampling factor of outlines, for smooth edges
constexpr int canvasSide = side * oversampling;
constexpr int imagesPerClass = 320;
constexpr int testImagesPerClass = 64;
constexpr int subpixelBits = 6;
/// Incremented whenever the rendering changes, so that fingerprints change.
constexpr int drawingVersion = 2;

const std::vector<std::string> classNames{"circle", "crescent", "cross", "heart",
                                          "ring",   "square",   "star",  "triangle"};

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
        const double radius = i % 2 == 0 ? 1 : 0.45;
        outline.emplace_back(radius * std::cos(angle), radius * std::sin(angle));
    }
    return outline;
}

Outline cross() {
    constexpr double arm = 0.30;
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

/// The outer arc of a disc, then back along the arc of another disc shifted to the right.
Outline crescent() {
    Outline outline;
    constexpr double opening = 0.9; // half the angle between the horns
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

/// The closed curves of a class; the area inside two of them is background.
std::vector<Outline> rawOutlines(int label) {
    Outline inner = regularPolygon(60, 0);
    for (cv::Point2d &point : inner)
        point *= 0.55;
    switch (label) {
    case 0:
        return {regularPolygon(60, 0)};
    case 1:
        return {crescent()};
    case 2:
        return {cross()};
    case 3:
        return {heart()};
    case 4:
        return {regularPolygon(60, 0), inner};
    case 5:
        return {regularPolygon(4, std::numbers::pi / 4)};
    case 6:
        return {star()};
    default:
        return {regularPolygon(3, -std::numbers::pi / 2)};
    }
}

/// Half the sum of cross products along the outline (Gauss's area formula), positive in either direction.
double areaOf(const Outline &outline) {
    double sum = 0;
    for (std::size_t i = 0; i < outline.size(); ++i)
        sum += outline[i].cross(outline[(i + 1) % outline.size()]);
    return std::abs(sum) / 2;
}

/// The outline of a class around the origin.
struct ShapeOutline {
    std::vector<Outline> curves;
    double extent = 0; ///< largest distance of a point from the origin
};

/// Slender shapes are rendered larger, halfway to equal areas: with equal widths, the mean colour of an image
/// would reveal its class through the covered area.
ShapeOutline outlineOf(int label) {
    ShapeOutline shape{rawOutlines(label), 0};
    double area = areaOf(shape.curves.front());
    for (std::size_t hole = 1; hole < shape.curves.size(); ++hole)
        area -= areaOf(shape.curves[hole]);
    for (Outline &curve : shape.curves)
        for (cv::Point2d &point : curve) {
            point *= std::pow(std::numbers::pi / area, 0.25);
            shape.extent = std::max(shape.extent, std::hypot(point.x, point.y));
        }
    return shape;
}

/// A colour from its hue (0 red, 1/3 green, 2/3 blue, 1 red again), saturation and value, each in [0, 1].
cv::Vec3f colorOf(double hue, double saturation, double value) {
    const auto channel = [&](double shift) {
        const double position = hue * 6 + shift;
        const double turn = position - 6 * std::floor(position / 6);
        return static_cast<float>(255 * value *
                                  (1 - saturation * std::clamp(std::min(turn, 4 - turn), 0.0, 1.0)));
    };
    return {channel(5), channel(3), channel(1)};
}

float greyLevel(const cv::Vec3f &color) {
    return 0.299f * color[0] + 0.587f * color[1] + 0.114f * color[2];
}

/// Backgrounds are cool, shapes warm. Within these ranges every image has its own two colours, which its
/// crops share exactly; colour jitter changes them by about as much as they differ between images.
cv::Vec3f drawCoolColor(RandomStream &draws) {
    const double hue = draws.uniform(0.46, 0.62);
    const double saturation = draws.uniform(0.30, 0.60);
    return colorOf(hue, saturation, draws.uniform(0.35, 0.75));
}

cv::Vec3f drawWarmColor(RandomStream &draws) {
    const double hue = draws.uniform(-0.02, 0.14);
    const double saturation = draws.uniform(0.35, 0.65);
    return colorOf(hue, saturation, draws.uniform(0.75, 1.0));
}

/// A warm colour with contrast to `background` even if both are converted to grey.
cv::Vec3f drawContrastingColor(RandomStream &draws, const cv::Vec3f &background) {
    constexpr float leastDifference = 40;
    cv::Vec3f color = drawWarmColor(draws);
    while (std::abs(greyLevel(color) - greyLevel(background)) < leastDifference)
        color = drawWarmColor(draws);
    return color;
}

/// A plane of `color` with a brightness gradient in a random direction and fine noise.
cv::Mat3f drawSurface(RandomStream &draws, const cv::Vec3f &color) {
    const double direction = draws.uniform(0, 2 * std::numbers::pi);
    const double slope = draws.uniform(0, 40) / side;
    const double grain = draws.uniform(0, 8);
    cv::Mat3f surface(side, side);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double along = (x - side / 2) * std::cos(direction) + (y - side / 2) * std::sin(direction);
            const auto lift = static_cast<float>(slope * along + grain * draws.uniform(-1, 1));
            surface(y, x) = color + cv::Vec3f::all(lift);
        }
    return surface;
}

/// Centre, size and rotation of a shape, in pixels of the mask and radians.
struct Placement {
    double x = 0;
    double y = 0;
    double radius = 0;
    double angle = 0;
};

void addShape(std::vector<std::vector<cv::Point>> &polygons, const ShapeOutline &shape,
              const Placement &place) {
    const double cosine = place.radius * std::cos(place.angle);
    const double sine = place.radius * std::sin(place.angle);
    for (const Outline &outline : shape.curves) {
        auto &polygon = polygons.emplace_back();
        for (const cv::Point2d &point : outline)
            polygon.emplace_back(
                cvRound((place.x + cosine * point.x - sine * point.y) * (1 << subpixelBits)),
                cvRound((place.y + sine * point.x + cosine * point.y) * (1 << subpixelBits)));
    }
}

/// One shape in each quarter of the image, so that almost every crop contains part of one: the coverage of
/// each pixel, in [0, 1].
cv::Mat1f drawCoverage(RandomStream &draws, int label) {
    constexpr double cell = canvasSide / 2.0;
    const ShapeOutline shape = outlineOf(label);
    std::vector<std::vector<cv::Point>> polygons;
    for (int quarter = 0; quarter < 4; ++quarter) {
        Placement place;
        place.radius = draws.uniform(0.30, 0.42) * cell;
        place.angle = draws.uniform(-0.45, 0.45);
        const double reach = std::max(0.0, cell / 2 - place.radius * shape.extent);
        place.x = (quarter % 2 + 0.5) * cell + draws.uniform(-reach, reach);
        place.y = (quarter / 2 + 0.5) * cell + draws.uniform(-reach, reach);
        addShape(polygons, shape, place);
    }
    cv::Mat mask = cv::Mat::zeros(canvasSide, canvasSide, CV_8UC1);
    cv::fillPoly(mask, polygons, cv::Scalar(255), cv::LINE_8, subpixelBits);
    cv::Mat coverage;
    cv::resize(mask, coverage, {side, side}, 0, 0, cv::INTER_AREA);
    coverage.convertTo(coverage, CV_32F, 1.0 / 255);
    return coverage;
}

Image drawPicture(std::uint64_t seed, std::uint32_t sample, int label) {
    RandomStream draws({seed, Purpose::Shapes, 0, sample, 0});
    const cv::Vec3f coolColor = drawCoolColor(draws);
    const cv::Vec3f warmColor = drawContrastingColor(draws, coolColor);
    const cv::Mat3f background = drawSurface(draws, coolColor);
    const cv::Mat3f foreground = drawSurface(draws, warmColor);
    const cv::Mat1f coverage = drawCoverage(draws, label);
    Image image(side, side);
    cv::Mat3b pixels = matrixOf(image);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            pixels(y, x) = background(y, x) + (foreground(y, x) - background(y, x)) * coverage(y, x);
    return image;
}

std::string_view bytesOf(const Image &image) {
    return {reinterpret_cast<const char *>(image.data()), image.byteCount()};
}

std::vector<SampleInfo> listSamples() {
    std::vector<SampleInfo> samples;
    for (int number = 0; number < imagesPerClass; ++number)
        for (int label = 0; label < static_cast<int>(classNames.size()); ++label)
            samples.push_back({classNames[static_cast<std::size_t>(label)] + " " + std::to_string(number + 1),
                               label, number >= imagesPerClass - testImagesPerClass});
    return samples;
}

} // namespace

DatasetPtr openShapes(std::uint64_t seed) {
    std::vector<SampleInfo> samples = listSamples();
    std::vector<Image> images(samples.size());
    parallelFor(samples.size(), 0, [&](std::size_t i) {
        images[i] = drawPicture(seed, static_cast<std::uint32_t>(i), samples[i].label);
        samples[i].contentId = contentId(sha256(bytesOf(images[i])));
    });
    DatasetReport report;
    report.kind = "shapes";
    report.title = "Shapes";
    report.source = "shapes:" + std::to_string(seed);
    report.classNames = classNames;
    report.inMemory = true;
    report.smallest = report.largest = {side, side};
    report.usualSide = side;
    const std::string identity = report.source + ", drawing " + std::to_string(drawingVersion);
    return std::make_shared<MemoryDataset>(std::move(report), std::move(samples), std::move(images),
                                           sha256(identity));
}

} // namespace simclr
