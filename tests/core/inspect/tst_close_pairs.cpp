// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/close_pairs.h"

#include "core/inspect/picture_similarity.h"
#include "core/inspect/picture_sketch.h"
#include "core/random/random.h"
#include "tests/support/test_images.h"

#include <bit>

using namespace simclr;
using namespace simclr::test;

namespace {

bool any(std::uint32_t, std::uint32_t) {
    return true;
}

/// Random hashes, of which every tenth is close to the one before.
std::vector<std::uint64_t> hashesWithPairs(std::size_t count) {
    RandomStream stream({1, Purpose::Subset, 0, 0, 0});
    std::vector<std::uint64_t> hashes;
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = [&] { return std::uint64_t(stream.below(0x10000)); };
        const std::uint64_t random = bits() << 48 | bits() << 32 | bits() << 16 | bits();
        hashes.push_back(i % 10 == 9 ? hashes.back() ^ (std::uint64_t{0x111} << (i % 50)) : random);
    }
    return hashes;
}

/// As the definition says.
std::vector<IndexPair> pairsByComparingAll(const std::vector<std::uint64_t> &hashes, int distance) {
    std::vector<IndexPair> pairs;
    for (std::uint32_t second = 0; second < hashes.size(); ++second)
        for (std::uint32_t first = 0; first < second; ++first)
            if (std::popcount(hashes[first] ^ hashes[second]) <= distance)
                pairs.push_back({first, second});
    return pairs;
}

/// A smooth random picture.
Image blobs(int side, std::uint32_t seed) {
    return squeezed(squeezed(noiseImage(6, 6, seed), 12), side);
}

Image changed(Image image, double factor, int offset) {
    for (std::size_t i = 0; i < image.byteCount(); ++i)
        image.data()[i] = std::uint8_t(std::clamp(int(image.data()[i] * factor) + offset, 0, 255));
    return image;
}

} // namespace

class TestClosePairs : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void findsAllPairs() {
        const std::vector<std::uint64_t> hashes = hashesWithPairs(5000); // several tiles
        ClosePairOptions options;
        options.distance = 12;
        for (const int threads : {1, 3}) {
            options.threads = threads;
            const auto found = closePairs(hashes, options, any);
            QVERIFY(found && !found->isCut);
            const std::vector<IndexPair> expected = pairsByComparingAll(hashes, options.distance);
            QVERIFY(expected.size() >= 500);
            QCOMPARE(found->pairs.size(), expected.size());
            QVERIFY(found->pairs == expected);
        }
    }

    void keepsAtMostSoMany() {
        const std::vector<std::uint64_t> equal(300, 7);
        ClosePairOptions options;
        options.most = 1000;
        const auto found = closePairs(equal, options, any);
        QVERIFY(found && found->isCut);
        QCOMPARE(found->pairs.size(), std::size_t(1000));
        options.most = 300 * 299 / 2;
        QVERIFY(!closePairs(equal, options, any)->isCut);
    }

    void asksWhetherToAccept() {
        const std::vector<std::uint64_t> equal(10, 7);
        const auto found =
            closePairs(equal, {}, [](std::uint32_t first, std::uint32_t) { return first == 0; });
        QCOMPARE(found->pairs.size(), std::size_t(9));
        QVERIFY(closePairs({}, {}, any)->pairs.empty());
    }

    void stops() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!closePairs(hashesWithPairs(50), {}, any, stop.get_token()));
    }

    /// The hash hardly changes with brightness, contrast and size, and is another one for another picture.
    void hashIsPerceptual() {
        const Image image = blobs(64, 1);
        const std::uint64_t hash = sketchOf(image).hash;
        const auto distance = [&](const Image &other) { return std::popcount(hash ^ sketchOf(other).hash); };
        QVERIFY(distance(changed(image, 0.7, 20)) <= 6);
        QVERIFY(distance(squeezed(image, 40)) <= 6);
        for (std::uint32_t seed = 2; seed < 12; ++seed)
            QVERIFY2(distance(blobs(64, seed)) > 14, qPrintable(QString::number(distance(blobs(64, seed)))));
        QCOMPARE(std::popcount(hash), 31); // of 64, those above the upper median
    }

    void pixelHashTellsSizesAndPixelsApart() {
        Image image(8, 4);
        const std::uint64_t pixels = sketchOf(image).pixels;
        QCOMPARE(sketchOf(Image(8, 4)).pixels, pixels);
        QVERIFY(sketchOf(Image(4, 8)).pixels != pixels);
        image.data()[image.byteCount() - 1] = 1;
        QVERIFY(sketchOf(image).pixels != pixels);
    }

    void similarityIgnoresBrightnessAndShifts() {
        const Image image = noiseImage(32, 32, 5);
        Image shifted(32, 32);
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x)
                setPixel(shifted, x, y, pixel(image, std::min(31, x + 2), std::max(0, y - 1)));
        const ComparedPicture original(image);
        QCOMPARE(similarityOf(original, original), 1.0);
        QVERIFY(similarityOf(original, ComparedPicture(changed(image, 0.5, 60))) > 0.99);
        QVERIFY(similarityOf(original, ComparedPicture(shifted)) > 0.9);
        QCOMPARE(similarityOf(original, ComparedPicture(noiseImage(32, 32, 6))), 0.0);
    }

    /// A sky above a sea, twice, with another ship: the layout is the same, the detail is not.
    void layoutAloneIsNotEnough() {
        const auto seascape = [](int shipAt) {
            Image image = filledImage(32, 32, {170, 200, 240});
            for (int y = 18; y < 32; ++y)
                for (int x = 0; x < 32; ++x)
                    setPixel(image, x, y, {20, 40, 90});
            for (int x = shipAt; x < shipAt + 6; ++x)
                for (int y = 15; y < 18; ++y)
                    setPixel(image, x, y, {(x * 97) % 256, (y * 61) % 256, 10});
            return ComparedPicture(image);
        };
        QVERIFY(correlation({seascape(3).image.data(), 3072}, {seascape(22).image.data(), 3072}) > 0.9);
        QVERIFY(similarityOf(seascape(3), seascape(22)) < 0.97 * similarityOf(seascape(3), seascape(4)));
    }

    void uniformPicturesHaveOnlyTheirColour() {
        const ComparedPicture white(filledImage(20, 20, {250, 250, 250}));
        QCOMPARE(similarityOf(white, ComparedPicture(filledImage(30, 10, {252, 251, 250}))), 1.0);
        QCOMPARE(similarityOf(white, ComparedPicture(filledImage(20, 20, {120, 250, 250}))), 0.0);
        QCOMPARE(similarityOf(white, ComparedPicture(noiseImage(20, 20, 1))), 0.0);
    }
};

SIMCLR_TEST(TestClosePairs)
#include "tst_close_pairs.moc"
