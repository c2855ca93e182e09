// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_artifacts.h"
#include "core/image/noise.h"
#include "core/image/sobel_edges.h"

#include "core/image/kernels/pixel_kernels.h"
#include "tests/support/golden_cases.h"

using namespace simclr;
using namespace simclr::test;

class TestFilters : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void noiseIsNormal();
    void noiseHasItsTails();
    void noiseOfNeighboursIsIndependent();
    void noiseIsTheSameEverywhere();
    void noNoiseKeepsBytes();
    void sobelAgreesWithItsFormula();
    void sobelStrengthBlends();
    void sobelWorksOnSinglePixels();
    void jpegAgreesWithPil();
    void jpegTooLongStays();
};

namespace {

/// The noise added to an image of one level far from both ends.
std::vector<int> noiseOf(double sigma, std::uint64_t seed) {
    Image image = filledImage(512, 256, {128, 128, 128});
    addGaussianNoise(image, sigma, seed);
    std::vector<int> noise;
    for (std::size_t i = 0; i < image.byteCount(); ++i)
        noise.push_back(image.data()[i] - 128);
    return noise;
}

double meanPower(const std::vector<int> &numbers, int power) {
    double sum = 0;
    for (const int number : numbers)
        sum += std::pow(number, power);
    return sum / static_cast<double>(numbers.size());
}

} // namespace

/// Moments within five standard errors of those of the normal distribution; rounding to levels adds 1/12 to
/// the variance.
void TestFilters::noiseIsNormal() {
    for (const double sigma : {2.0, 10.0, 20.0}) {
        const std::vector<int> noise = noiseOf(sigma, 77);
        const double n = static_cast<double>(noise.size());
        const double variance = sigma * sigma + 1.0 / 12;
        QVERIFY(std::abs(meanPower(noise, 1)) < 5 * std::sqrt(variance / n));
        QVERIFY(std::abs(meanPower(noise, 2) / variance - 1) < 5 * std::sqrt(2 / n) + 0.002);
        QVERIFY(std::abs(meanPower(noise, 3)) / std::pow(variance, 1.5) < 5 * std::sqrt(15 / n));
        QVERIFY(std::abs(meanPower(noise, 4) / (variance * variance) - 3) < 5 * std::sqrt(96 / n) + 0.01);
    }
}

void TestFilters::noiseHasItsTails() {
    constexpr double sigma = 20;
    const std::vector<int> noise = noiseOf(sigma, 5);
    for (const int distance : {10, 20, 40, 60, 80}) {
        const auto beyond = std::ranges::count_if(noise, [&](int level) { return level >= distance; });
        const double share = std::erfc((distance - 0.5) / sigma / std::sqrt(2.0)) / 2;
        QVERIFY2(isFrequency(static_cast<std::size_t>(beyond), noise.size(), share),
                 qPrintable(QString("%1: %2").arg(distance).arg(beyond)));
    }
}

void TestFilters::noiseOfNeighboursIsIndependent() {
    const std::vector<int> noise = noiseOf(10, 9);
    const std::vector<int> other = noiseOf(10, 10);
    const double limit = 5 * 100 / std::sqrt(static_cast<double>(noise.size()));
    for (const std::size_t lag : {1u, 2u, 3u, 6u, 1536u}) {
        double within = 0;
        double between = 0;
        for (std::size_t i = lag; i < noise.size(); ++i) {
            within += noise[i] * noise[i - lag];
            between += noise[i] * other[i - lag];
        }
        QVERIFY(std::abs(within) / static_cast<double>(noise.size()) < limit);
        QVERIFY(std::abs(between) / static_cast<double>(noise.size()) < limit);
    }
}

/// Recorded bytes: another machine or compiler must get the same ones.
void TestFilters::noiseIsTheSameEverywhere() {
    Image image = filledImage(3, 1, {128, 128, 128});
    addGaussianNoise(image, 25.5, 12345);
    const std::vector<int> levels(image.data(), image.data() + image.byteCount());
    QCOMPARE(levels, (std::vector<int>{121, 130, 105, 142, 131, 135, 99, 122, 101}));
}

void TestFilters::noNoiseKeepsBytes() {
    const Image source = noiseImage(33, 21, 1);
    Image image = source;
    addGaussianNoise(image, 0, 5);
    QVERIFY(image == source);
}

void TestFilters::sobelAgreesWithItsFormula() {
    const Json all = geometryCases();
    QVERIFY(all["sobel"].size() >= 4);
    for (const Json &item : all["sobel"]) {
        Image image = startImage(all, item);
        Image source = image;
        if (item["of"] == "grey")
            pixelKernels().dropColor(source.data(), source.byteCount() / 3);
        blendWithSobel(image, source, 1);
        QVERIFY2(image == resultImage(item), caseName(item));
    }
}

void TestFilters::sobelStrengthBlends() {
    const Image source = noiseImage(19, 23, 4);
    Image none = source, half = source, whole = source;
    blendWithSobel(none, source, 0);
    blendWithSobel(half, source, 0.5);
    blendWithSobel(whole, source, 1);
    QVERIFY(none == source);
    for (std::size_t i = 0; i < source.byteCount(); ++i)
        QCOMPARE(int{half.data()[i]}, (source.data()[i] + whole.data()[i] + 1) / 2);
}

void TestFilters::sobelWorksOnSinglePixels() {
    for (const auto &[width, height] : {std::pair(1, 1), {1, 9}, {9, 1}, {2, 2}}) {
        const Image source = filledImage(width, height, {200, 100, 50});
        Image image = source;
        blendWithSobel(image, source, 1);
        QVERIFY(image == filledImage(width, height, {0, 0, 0}));
    }
}

/// The same library with the same settings, hence the same bytes.
void TestFilters::jpegAgreesWithPil() {
    const Json all = geometryCases();
    QVERIFY(all["jpeg"].size() >= 6);
    for (const Json &item : all["jpeg"]) {
        Image image = startImage(all, item);
        passThroughJpeg(image, item["quality"].get<int>());
        QVERIFY2(image == resultImage(item), caseName(item));
    }
}

void TestFilters::jpegTooLongStays() {
    const Image source = noiseImage(70'000, 1, 1);
    Image image = source;
    passThroughJpeg(image, 50);
    QVERIFY(image == source);
}

SIMCLR_TEST(TestFilters)
#include "tst_filters.moc"
