// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"

#include "tests/support/test_images.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

class TestRandomResizedCrop : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void wholePictureIsLeftAlone();
    void areaAndAspectStayWithinTheirLimits();
    void areaIsUniform();
    void aspectIsEvenOnALogarithmicScale();
    void everyPlaceIsEquallyLikely();
    void everyCornerIsReached();
    void fallsBackToTheMiddle();
};

namespace {

constexpr int view = 64;
constexpr int step = 4; // levels per pixel: 64 pixels use the full range of a byte

std::unique_ptr<Operation> crop(Range area, Range aspect) {
    return findOperationType("random_resized_crop")->make({{"area", area}, {"aspect", aspect}});
}

/// The crop rectangle in coordinateImage(), computed from the levels of the crop.
struct Seen {
    double x;
    double y;
    double width;
    double height;
};

/// Along one axis, target u samples the source at start + (u + ½) · length / view − ½.
std::pair<double, double> startAndLength(double first, double last, int from, int to) {
    const double slope = (last - first) / (to - from) / step;
    const double start = first / step + 0.5 - (from + 0.5) * slope;
    return {start, slope * view};
}

Seen seen(const Image &image) {
    constexpr int from = 12; // far enough from the edges to exclude the border
    constexpr int to = view - 1 - from;
    const auto [x, width] =
        startAndLength(pixel(image, from, view / 2)[0], pixel(image, to, view / 2)[0], from, to);
    const auto [y, height] =
        startAndLength(pixel(image, view / 2, from)[1], pixel(image, view / 2, to)[1], from, to);
    return {x, y, width, height};
}

std::vector<Seen> sampleCrops(Range area, Range aspect, std::uint32_t count) {
    const auto operation = crop(area, aspect);
    const Image source = coordinateImage(64, 64, step);
    std::vector<Seen> all;
    for (std::uint32_t sample = 0; sample < count; ++sample) {
        Image image = source;
        RandomStream draws({.seed = 21, .sample = sample});
        operation->apply(image, draws, view);
        all.push_back(seen(image));
    }
    return all;
}

} // namespace

void TestRandomResizedCrop::wholePictureIsLeftAlone() {
    const Image source = noiseImage(view, view, 1);
    const auto operation = crop({1, 1}, {1, 1});
    for (std::uint32_t sample = 0; sample < 20; ++sample) {
        Image image = source;
        RandomStream draws({.seed = 1, .sample = sample});
        operation->apply(image, draws, view);
        QVERIFY(image == source);
    }
}

void TestRandomResizedCrop::areaAndAspectStayWithinTheirLimits() {
    double smallest = 1;
    double largest = 0;
    for (const Seen &each : sampleCrops({0.08, 1}, {0.75, 4.0 / 3}, 4000)) {
        const double area = each.width * each.height / (64 * 64);
        const double aspect = each.width / each.height;
        smallest = std::min(smallest, area);
        largest = std::max(largest, area);
        // Sides are whole pixels: at least 18 ± ½, so that the ratio may be off by 6 %.
        QVERIFY2(area > 0.07 && area < 1.01, qPrintable(QString::number(area)));
        QVERIFY2(aspect > 0.75 * 0.93 && aspect < 4.0 / 3 * 1.07, qPrintable(QString::number(aspect)));
        QVERIFY(each.x > -0.6 && each.y > -0.6 && each.x + each.width < 64.6 && each.y + each.height < 64.6);
    }
    QVERIFY2(smallest < 0.09 && largest > 0.95, qPrintable(QString("%1 %2").arg(smallest).arg(largest)));
}

/// Up to half of the image every aspect ratio fits, so that no sample is rejected.
void TestRandomResizedCrop::areaIsUniform() {
    const Range limits{0.1, 0.5};
    std::vector<std::size_t> bins(4);
    for (const Seen &each : sampleCrops(limits, {1, 1}, 8000)) {
        // Rounding to whole pixels shifts a crop's area across the border of a bin equally often in both
        // directions.
        const double place = (each.width * each.height / (64 * 64) - limits.low) / (limits.high - limits.low);
        ++bins[static_cast<std::size_t>(std::clamp(place * 4, 0.0, 3.0))];
    }
    for (const std::size_t count : bins)
        QVERIFY2(std::abs(static_cast<double>(count) - 2000) < 300, qPrintable(QString::number(count)));
}

void TestRandomResizedCrop::aspectIsEvenOnALogarithmicScale() {
    std::size_t wide = 0;
    std::size_t veryWide = 0;
    const auto crops = sampleCrops({0.2, 0.3}, {0.5, 2}, 8000);
    for (const Seen &each : crops) {
        const double aspect = each.width / each.height;
        wide += aspect > 1.02 ? 1 : 0;
        veryWide += aspect > std::sqrt(2.0) ? 1 : 0;
    }
    // Uniform sampling between ½ and 2 would make two of three wide.
    QVERIFY2(std::abs(static_cast<double>(wide) / 8000 - 0.48) < 0.04, qPrintable(QString::number(wide)));
    QVERIFY2(std::abs(static_cast<double>(veryWide) / 8000 - 0.25) < 0.03,
             qPrintable(QString::number(veryWide)));
}

/// A square of 32 × 32 has 33 × 33 positions, including the last row and column.
void TestRandomResizedCrop::everyPlaceIsEquallyLikely() {
    std::vector<std::size_t> columns(33);
    std::vector<std::size_t> rows(33);
    for (const Seen &each : sampleCrops({0.25, 0.25}, {1, 1}, 20'000)) {
        ++columns.at(static_cast<std::size_t>(std::clamp(std::lround(each.x), 0L, 32L)));
        ++rows.at(static_cast<std::size_t>(std::clamp(std::lround(each.y), 0L, 32L)));
    }
    QVERIFY2(chiSquare(columns) < chiSquareLimit(33), qPrintable(QString::number(chiSquare(columns))));
    QVERIFY2(chiSquare(rows) < chiSquareLimit(33), qPrintable(QString::number(chiSquare(rows))));
}

void TestRandomResizedCrop::everyCornerIsReached() {
    const auto operation = crop({0.25, 0.25}, {1, 1});
    Image source = filledImage(4, 4, {0, 0, 0});
    setPixel(source, 0, 0, {200, 0, 0});
    setPixel(source, 3, 0, {0, 200, 0});
    setPixel(source, 0, 3, {0, 0, 200});
    setPixel(source, 3, 3, {200, 200, 200});
    std::array<std::size_t, 4> corners{};
    for (std::uint32_t sample = 0; sample < 9000; ++sample) {
        Image image = source;
        RandomStream draws({.seed = 22, .sample = sample});
        operation->apply(image, draws, 2); // 2 × 2 of 4 × 4: nine positions, no resizing
        corners[0] += pixel(image, 0, 0) == Rgb{200, 0, 0} ? 1 : 0;
        corners[1] += pixel(image, 1, 0) == Rgb{0, 200, 0} ? 1 : 0;
        corners[2] += pixel(image, 0, 1) == Rgb{0, 0, 200} ? 1 : 0;
        corners[3] += pixel(image, 1, 1) == Rgb{200, 200, 200} ? 1 : 0;
    }
    for (const std::size_t count : corners)
        QVERIFY2(isFrequency(count, 9000, 1.0 / 9), qPrintable(QString::number(count)));
}

/// In an image of 256 × 4 no crop of 90 % has a ratio between ¾ and 4⁄3.
void TestRandomResizedCrop::fallsBackToTheMiddle() {
    const auto operation = crop({0.9, 0.9}, {0.75, 4.0 / 3});
    Image image = coordinateImage(256, 4, 1);
    RandomStream draws({.seed = 23});
    operation->apply(image, draws, 5);
    // The central 5 × 4 starts at column (256 − 5) / 2 = 125 and is not scaled across.
    for (int x = 0; x < 5; ++x)
        QCOMPARE(pixel(image, x, 2)[0], 125 + x);
}

SIMCLR_TEST(TestRandomResizedCrop)
#include "tst_random_resized_crop.moc"
