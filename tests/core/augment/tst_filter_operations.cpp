// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"
#include "core/image/jpeg_artifacts.h"
#include "core/image/noise.h"
#include "core/image/sharpen.h"

#include "tests/support/golden_cases.h"

#include <set>

using namespace simclr;
using namespace simclr::test;

class TestFilterOperations : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void neutralValuesKeepBytes();
    void noiseIsAsStrongAsDrawn();
    void noiseDiffersFromDrawToDraw();
    void sobelAgreesWithItsFormula();
    void sharpnessFactorIsUniform();
    void sharpnessIsPils();
    void jpegQualitiesAreEquallyLikely();
    void jpegHasTheQualityItTells();
    void lowerQualityLosesMore();
};

namespace {

constexpr std::uint32_t trials = 5000;

std::unique_ptr<Operation> made(const std::string &id, const Values &values = {}) {
    return findOperationType(id)->make(values);
}

struct Outcome {
    Image image;
    std::string told; ///< the first logged parameter
};

Outcome applied(const Operation &operation, Image image, std::uint32_t sample) {
    RandomStream stream({.seed = 51, .sample = sample});
    SampleLog log;
    stream.keepLog(&log);
    operation.apply(image, stream, 32);
    return {image, log.empty() ? "" : log.front().value};
}

double meanSquareDifference(const Image &a, const Image &b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.byteCount(); ++i)
        sum += std::pow(a.data()[i] - b.data()[i], 2);
    return sum / static_cast<double>(a.byteCount());
}

} // namespace

void TestFilterOperations::neutralValuesKeepBytes() {
    const auto noise = made("gaussian_noise", {{"sigma", Range{0, 0}}});
    const auto sobel = made("sobel", {{"strength", 0.0}});
    const auto sharpness = made("sharpness", {{"strength", 0.0}});
    for (std::uint32_t sample = 0; sample < 50; ++sample) {
        const Image source = noiseImage(31, 19, sample);
        QVERIFY(applied(*noise, source, sample).image == source);
        QVERIFY(applied(*sobel, source, sample).image == source);
        QVERIFY(applied(*sharpness, source, sample).image == source);
    }
}

/// Of 3 · 64 · 64 levels the standard deviation is accurate to 5 / √(2 · 12288) = 3 %, and σ is logged to 0.5
/// %.
void TestFilterOperations::noiseIsAsStrongAsDrawn() {
    const auto operation = made("gaussian_noise", {{"sigma", Range{0.02, 0.1}}});
    const Image source = filledImage(64, 64, {128, 128, 128});
    std::vector<std::size_t> parts(8);
    for (std::uint32_t sample = 0; sample < 400; ++sample) {
        const Outcome outcome = applied(*operation, source, sample);
        const double told = std::stod(outcome.told);
        const double seen = std::sqrt(meanSquareDifference(outcome.image, source) - 1.0 / 12) / 255;
        QVERIFY2(std::abs(seen / told - 1) < 0.04, qPrintable(QString("%1 %2").arg(seen).arg(told)));
        ++parts[static_cast<std::size_t>(std::clamp((told - 0.02) * 100, 0.0, 7.0))];
    }
    QVERIFY(chiSquare(parts) < chiSquareLimit(parts.size()));
}

void TestFilterOperations::noiseDiffersFromDrawToDraw() {
    const auto operation = made("gaussian_noise", {{"sigma", Range{0.1, 0.1}}});
    std::set<std::string> pictures;
    for (std::uint32_t sample = 0; sample < 200; ++sample) {
        const Image result = applied(*operation, filledImage(8, 8, {128, 128, 128}), sample).image;
        pictures.emplace(result.data(), result.data() + result.byteCount());
    }
    QCOMPARE(pictures.size(), std::size_t{200});
}

void TestFilterOperations::sobelAgreesWithItsFormula() {
    const Json all = geometryCases();
    for (const Json &item : all["sobel"]) {
        const auto operation = made("sobel", {{"of", item["of"].get<std::string>()}});
        QVERIFY2(applied(*operation, startImage(all, item), 1).image == resultImage(item), caseName(item));
    }
}

void TestFilterOperations::sharpnessFactorIsUniform() {
    const auto operation = made("sharpness", {{"strength", 0.5}});
    const auto strong = made("sharpness", {{"strength", 3.0}});
    std::vector<std::size_t> parts(10);
    const Image source = filledImage(1, 1, {9, 9, 9});
    for (std::uint32_t sample = 0; sample < trials; ++sample) {
        const double factor = std::stod(applied(*operation, source, sample).told);
        QVERIFY(factor >= 0.5 && factor <= 1.5);
        ++parts[static_cast<std::size_t>(std::clamp((factor - 0.5) * 10, 0.0, 9.0))];
        QVERIFY(std::stod(applied(*strong, source, sample).told) >= 0);
    }
    QVERIFY(chiSquare(parts) < chiSquareLimit(parts.size()));
}

void TestFilterOperations::sharpnessIsPils() {
    const auto operation = made("sharpness", {{"strength", 1.0}});
    for (std::uint32_t sample = 0; sample < 50; ++sample) {
        const Image source = noiseImage(21, 17, sample);
        Image expected;
        sharpened(source, RandomStream({.seed = 51, .sample = sample}).uniform(0, 2), expected);
        QVERIFY(applied(*operation, source, sample).image == expected);
    }
}

void TestFilterOperations::jpegQualitiesAreEquallyLikely() {
    const auto operation = made("jpeg", {{"quality", Range{91, 100}}});
    std::vector<std::size_t> qualities(10);
    for (std::uint32_t sample = 0; sample < trials; ++sample)
        ++qualities.at(static_cast<std::size_t>(
            std::stoi(applied(*operation, filledImage(1, 1, {9, 9, 9}), sample).told) - 91));
    QVERIFY2(chiSquare(qualities) < chiSquareLimit(10), qPrintable(QString::number(chiSquare(qualities))));
}

void TestFilterOperations::jpegHasTheQualityItTells() {
    const auto operation = made("jpeg", {{"quality", Range{1, 100}}});
    for (std::uint32_t sample = 0; sample < 100; ++sample) {
        const Image source = noiseImage(19, 25, sample);
        const Outcome outcome = applied(*operation, source, sample);
        Image expected = source;
        passThroughJpeg(expected, std::stoi(outcome.told));
        QVERIFY(outcome.image == expected);
    }
}

void TestFilterOperations::lowerQualityLosesMore() {
    const Json all = geometryCases();
    const Image source = imageFromJson(all["pictures"]["smooth"]);
    double loss = 0;
    for (const double quality : {100, 70, 20, 1}) {
        const auto operation = made("jpeg", {{"quality", Range{quality, quality}}});
        const double next = meanSquareDifference(source, applied(*operation, source, 1).image);
        QVERIFY(next > loss);
        loss = next;
    }
}

SIMCLR_TEST(TestFilterOperations)
#include "tst_filter_operations.moc"
