// SPDX-License-Identifier: GPL-3.0-or-later
// What the operations on levels promise; tst_color_changes compares their bytes with torchvision's.
#include "core/image/level_mapping.h"
#include "tests/support/applied_operations.h"
#include "tests/support/test_images.h"

#include <map>
#include <set>

using namespace simclr;
using namespace simclr::test;

class TestLevelChanges : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void thresholdIsUniform();
    void bitsAreEquallyLikely();
    void invertingTwiceRestores();
    void equalizedLevelsAreEquallyFrequent();
    void normalizedPicturesAreAlike();
    void normalizingAFlatPictureGivesGrey();
    void normalizingByADatasetIsTheSameForAll();
};

namespace {

/// A grey image with every level once.
Image ramp() {
    Image image(256, 1);
    for (int level = 0; level < 256; ++level)
        setPixel(image, level, 0, {level, level, level});
    return image;
}

/// Of the first channel.
std::pair<double, double> meanAndDeviation(const Image &image) {
    const double mean = meanColor(image)[0];
    double squares = 0;
    for (std::size_t i = 0; i < image.byteCount(); i += 3)
        squares += (image.data()[i] - mean) * (image.data()[i] - mean);
    return {mean, std::sqrt(squares / static_cast<double>(image.byteCount() / 3))};
}

} // namespace

void TestLevelChanges::thresholdIsUniform() {
    const auto operation = madeOperation("solarize", {{"threshold", Range{56, 216}}});
    const Image source = ramp();
    std::vector<std::size_t> bins(10);
    for (std::uint32_t sample = 0; sample < 4000; ++sample) {
        const Image image = applied(*operation, source, sample);
        int lowest = 0; // that is inverted
        while (pixel(image, lowest, 0)[0] == lowest)
            ++lowest;
        QVERIFY(lowest >= 57 && lowest <= 216);
        ++bins[static_cast<std::size_t>((lowest - 57) / 16)];
    }
    QVERIFY2(chiSquare(bins) < chiSquareLimit(bins.size()), qPrintable(QString::number(chiSquare(bins))));
}

void TestLevelChanges::bitsAreEquallyLikely() {
    const auto operation = madeOperation("posterize", {{"bits", Range{3, 7}}});
    std::map<std::size_t, std::size_t> counts;
    for (std::uint32_t sample = 0; sample < 4000; ++sample) {
        const Image image = applied(*operation, ramp(), sample);
        ++counts[std::set<std::uint8_t>(image.data(), image.data() + image.byteCount()).size()];
    }
    QCOMPARE(counts.size(), std::size_t{5});
    for (const std::size_t levels : {8, 16, 32, 64, 128})
        QVERIFY2(isFrequency(counts[levels], 4000, 0.2), qPrintable(QString::number(counts[levels])));
}

void TestLevelChanges::invertingTwiceRestores() {
    Image image = noiseImage(17, 9, 1);
    const Image source = image;
    invert(image);
    QVERIFY(image != source);
    invert(image);
    QVERIFY(image == source);
}

void TestLevelChanges::equalizedLevelsAreEquallyFrequent() {
    Image image = noiseImage(128, 128, 4);
    for (std::size_t i = 0; i < image.byteCount(); ++i) // dark, and of few levels
        image.data()[i] = static_cast<std::uint8_t>(image.data()[i] * image.data()[i] / 1024);
    equalize(image);
    const auto counts = histograms(image);
    for (const Histogram &channel : counts) {
        std::size_t dark = 0;
        for (std::size_t level = 0; level < 128; ++level)
            dark += channel[level];
        QVERIFY2(std::abs(static_cast<double>(dark) / (128 * 128) - 0.5) < 0.04,
                 qPrintable(QString::number(dark)));
    }
}

/// Neither exposure nor contrast nor a cast is left of them.
void TestLevelChanges::normalizedPicturesAreAlike() {
    const auto operation = madeOperation("normalize");
    Image dark = noiseImage(64, 64, 5);
    Image bright = dark;
    for (std::size_t i = 0; i < dark.byteCount(); ++i) {
        dark.data()[i] = static_cast<std::uint8_t>(20 + dark.data()[i] / 4);
        bright.data()[i] = static_cast<std::uint8_t>(90 + bright.data()[i] / 2);
    }
    const Image first = applied(*operation, dark);
    const Image second = applied(*operation, bright);
    QVERIFY2(largestDifference(first, second) <= 2,
             qPrintable(QString::number(largestDifference(first, second))));
    const auto [mean, deviation] = meanAndDeviation(first);
    QVERIFY2(std::abs(mean - 127.5) < 1 && std::abs(deviation - 127.5 / 3) < 1,
             qPrintable(QString("%1, %2").arg(mean).arg(deviation)));
}

void TestLevelChanges::normalizingAFlatPictureGivesGrey() {
    const Image grey = applied(*madeOperation("normalize", {}), filledImage(5, 4, {12, 200, 77}));
    QVERIFY(largestDifference(grey, filledImage(5, 4, {128, 128, 128})) == 0);
}

void TestLevelChanges::normalizingByADatasetIsTheSameForAll() {
    const auto operation = madeOperation("normalize", {{"statistics", std::string("imagenet")}});
    const Image together = applied(*operation, ramp());
    for (const int level : {0, 50, 128, 255})
        QCOMPARE(pixel(applied(*operation, filledImage(1, 1, {level, level, level})), 0, 0),
                 pixel(together, level, 0));
}

SIMCLR_TEST(TestLevelChanges)
#include "tst_level_changes.moc"
