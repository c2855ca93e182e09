// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/image_statistics.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <cmath>
#include <numeric>

using namespace simclr;
using namespace simclr::test;

namespace {

/// a/: two images of one colour each, b/: two others; all squares of 40 pixels but the last, which is 80
/// × 20.
struct Colours {
    QTemporaryDir temporary;
    DatasetPtr dataset;

    Colours() {
        const auto root = folderOf(temporary);
        std::filesystem::create_directories(root / "a");
        std::filesystem::create_directories(root / "b");
        writePng(filledImage(40, 40, {255, 0, 51}), root / "a" / "0.png");
        writePng(filledImage(40, 40, {0, 0, 51}), root / "a" / "1.png");
        writePng(filledImage(40, 40, {255, 0, 51}), root / "b" / "0.png");
        writePng(filledImage(80, 20, {0, 255, 51}), root / "b" / "1.png");
        dataset = openDataset("folder:" + root.string());
    }
};

std::size_t total(const std::vector<HistogramBar> &bars) {
    return std::accumulate(bars.begin(), bars.end(), std::size_t{0},
                           [](std::size_t sum, const HistogramBar &bar) { return sum + bar.count; });
}

} // namespace

class TestImageStatistics : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void meanAndDeviationOfTheTrainingImages() {
        const Colours colours;
        const auto all = measureImages(*colours.dataset, {}, {});
        QVERIFY(all);
        QCOMPARE(all->measured, std::size_t(4));
        QCOMPARE(all->channelImages, std::size_t(4));
        QCOMPARE(all->mean[0], 0.5);
        QCOMPARE(all->deviation[0], 0.5);
        QCOMPARE(all->mean[1], 0.25);
        QVERIFY(std::abs(all->deviation[1] - std::sqrt(0.1875)) < 1e-12);
        QVERIFY(std::abs(all->mean[2] - 0.2) < 1e-12 && all->deviation[2] < 1e-6);
        const std::vector<std::uint32_t> training{0, 1};
        const auto part = measureImages(*colours.dataset, training, {});
        QCOMPARE(part->channelImages, std::size_t(2));
        QCOMPARE(part->measured, std::size_t(4)); // sizes are of all
        QCOMPARE(part->mean[1], 0.0);
    }

    void sizesOfEachImage() {
        const Colours colours;
        const auto statistics = measureImages(*colours.dataset, {}, {});
        QCOMPARE(statistics->sizes.size(), std::size_t(4));
        QCOMPARE(statistics->sizes[0].width, 40);
        QCOMPARE(statistics->sizes[3].width, 80);
        QCOMPARE(statistics->sizes[3].height, 20);
        QVERIFY(!statistics->isSampled && statistics->unreadable.empty());
    }

    void aSampleIsSaidToBeOne() {
        const DatasetPtr shapes = openDataset("shapes");
        StatisticsOptions options;
        options.most = 50;
        const auto first = measureImages(*shapes, {}, options);
        QVERIFY(first->isSampled);
        QCOMPARE(first->measured, std::size_t(50));
        options.threads = 3;
        QCOMPARE(measureImages(*shapes, {}, options)->mean, first->mean); // the same images
        options.most = shapes->size();
        QVERIFY(!measureImages(*shapes, {}, options)->isSampled);
    }

    void unreadableImagesAreListed() {
        const QTemporaryDir temporary;
        const auto root = folderOf(temporary);
        writeNoiseFolder(root / "a", 3, 20, 1);
        writeNoiseFolder(root / "b", 3, 20, 11);
        OpenOptions streamed;
        streamed.memoryBudget = 0;
        const DatasetPtr dataset = openDataset("folder:" + root.string(), streamed);
        std::filesystem::remove(root / "b" / "000.png");
        const auto statistics = measureImages(*dataset, {}, {});
        QCOMPARE(statistics->unreadable, std::vector<std::uint32_t>{3});
        QCOMPARE(statistics->sizes[3].width, 0);
        QCOMPARE(total(sideHistogram(statistics->sizes, 10)), std::size_t(5));
        std::filesystem::remove_all(root / "a");
        std::filesystem::remove_all(root / "b");
        QVERIFY(isClearMessage(thrownMessage<IoError>([&] { measureImages(*dataset, {}, {}); }), "read"));
    }

    void stops() {
        std::stop_source stop;
        StatisticsOptions options;
        options.progress = [&](std::size_t, std::size_t) { stop.request_stop(); };
        QVERIFY(!measureImages(*openDataset("shapes"), {}, options, stop.get_token()));
    }

    void histogramsCountEveryImageOnce() {
        std::vector<ImageSize> sizes{{0, 0}};
        for (int i = 0; i < 1000; ++i)
            sizes.push_back({100 + i, 300});
        const std::vector<HistogramBar> sides = sideHistogram(sizes, 20);
        QVERIFY(sides.size() <= 20);
        QCOMPARE(total(sides), std::size_t(1000));
        QCOMPARE(sides.front().low, 100.0);
        QVERIFY(sides.back().high >= 300 && sides.back().low <= 300);
        QVERIFY(sides.back().count > 700); // 300 is the shorter side of most
        const std::vector<HistogramBar> aspects = aspectHistogram(sizes, 16);
        QCOMPARE(aspects.size(), std::size_t(16));
        QCOMPARE(total(aspects), std::size_t(1000));
        QVERIFY(std::abs(aspects.front().low - 1.0 / 3) < 1e-9);
    }

    void equalSizesAreOneBar() {
        const std::vector<ImageSize> sizes(7, {32, 32});
        QCOMPARE(sideHistogram(sizes, 20).size(), std::size_t(1));
        QCOMPARE(sideHistogram(sizes, 20).front().high, 32.0);
        QCOMPARE(aspectHistogram(sizes, 20).size(), std::size_t(1));
        QCOMPARE(aspectHistogram(sizes, 20).front().count, std::size_t(7));
        QVERIFY(sideHistogram({}, 20).empty() && aspectHistogram({}, 20).empty());
    }
};

SIMCLR_TEST(TestImageStatistics)
#include "tst_image_statistics.moc"
