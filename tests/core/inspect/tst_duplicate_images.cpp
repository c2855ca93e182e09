// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/duplicate_images.h"

#include "core/data/data_source.h"
#include "core/data/selection.h"
#include "core/data/splits.h"
#include "core/inspect/picture_similarity.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

namespace {

using Groups = std::vector<std::vector<std::uint32_t>>;

Image picture(std::uint32_t seed) {
    return squeezed(noiseImage(9, 9, seed), 48);
}

Image brighter(Image image) {
    for (std::size_t i = 0; i < image.byteCount(); ++i)
        image.data()[i] = std::uint8_t(std::min(255, 30 + image.data()[i] * 3 / 4));
    return image;
}

/// train/a, train/b, test/a, test/b with 12 pictures each, and in addition: an equal and a brighter copy of a
/// training picture in test, and a smaller copy of one in training.
struct Folder {
    QTemporaryDir temporary;
    DatasetPtr dataset;

    Folder() {
        const auto root = folderOf(temporary) / "pictures";
        std::uint32_t seed = 1;
        for (const char *place : {"train/a", "train/b", "test/a", "test/b"}) {
            std::filesystem::create_directories(root / place);
            for (int i = 0; i < 12; ++i)
                writePng(picture(seed++), root / place / (std::to_string(100 + i) + ".png"));
        }
        writePng(picture(1), root / "test/a/equal.png");
        writePng(brighter(picture(2)), root / "test/b/brighter.png");
        writePng(squeezed(picture(3), 30), root / "train/b/smaller.png");
        dataset = openDataset("folder:" + root.string());
    }

    std::uint32_t sampleCalled(const std::string &name) const {
        for (std::uint32_t sample = 0; sample < dataset->size(); ++sample)
            if (dataset->sampleName(sample) == name)
                return sample;
        qFatal("no such sample");
        return 0;
    }
    std::vector<ImageSplit> splits() const {
        std::vector<ImageSplit> splits;
        for (std::uint32_t sample = 0; sample < dataset->size(); ++sample)
            splits.push_back(dataset->isTestSample(sample) ? ImageSplit::Test : ImageSplit::Train);
        return splits;
    }
    std::vector<std::uint32_t> samples(const std::vector<std::string> &names) const {
        std::vector<std::uint32_t> list;
        for (const std::string &name : names)
            list.push_back(sampleCalled(name));
        std::ranges::sort(list);
        return list;
    }
};

/// Ten pictures of each of two classes, each three times in training, every second one twice in test, and
/// every third one twice without a label.
DatasetPtr manyCopies(const std::filesystem::path &root, bool hasTests, bool hasUnlabelled) {
    std::uint32_t seed = 1;
    const auto write = [&](const std::filesystem::path &folder, int number, int copies) {
        std::filesystem::create_directories(root / folder);
        for (int copy = 0; copy < copies; ++copy)
            writePng(picture(seed),
                     root / folder / (std::to_string(number) + "-" + std::to_string(copy) + ".png"));
    };
    for (const char *name : {"a", "b"})
        for (int number = 0; number < 10; ++number, ++seed) {
            write(std::filesystem::path("train") / name, number, 3);
            if (hasTests && number % 2 == 0)
                write(std::filesystem::path("test") / name, number, 2);
            if (hasUnlabelled && number % 3 == 0)
                write("unlabelled", number + 100 * name[0], 2);
        }
    return openDataset("folder:" + root.string());
}

std::vector<ImageSplit> splitsOfEach(const Dataset &dataset, const SplitOptions &options) {
    const Splits splits = makeSplits(dataset, options);
    std::vector<ImageSplit> splitOfEach(dataset.size(), ImageSplit::None);
    const auto set = [&](const std::vector<std::uint32_t> &samples, ImageSplit split) {
        for (const std::uint32_t sample : samples)
            splitOfEach[sample] = split;
    };
    set(splits.learn, ImageSplit::Learn);
    set(splits.train, ImageSplit::Train);
    set(splits.validation, ImageSplit::Validation);
    set(splits.test, ImageSplit::Test);
    return splitOfEach;
}

} // namespace

class TestDuplicateImages : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void findsCopiesAndNothingElse() {
        const Folder folder;
        const auto found = findDuplicateImages(*folder.dataset, {});
        QVERIFY(found);
        QCOMPARE(found->compared, std::size_t(51));
        Groups expected{folder.samples({"train/a/100.png", "test/a/equal.png"}),
                        folder.samples({"train/a/101.png", "test/b/brighter.png"}),
                        folder.samples({"train/a/102.png", "train/b/smaller.png"})};
        std::ranges::sort(expected);
        QVERIFY(found->groups == expected);
        QCOMPARE(found->pairs.size(), std::size_t(3));
        QCOMPARE(std::ranges::count_if(found->pairs, &DuplicatePair::isExact), 1);
        for (const DuplicatePair &pair : found->pairs)
            QVERIFY(pair.first < pair.second && pair.similarity > 0.9);
    }

    void countsWithinAndBetweenSplits() {
        const Folder folder;
        const auto found = findDuplicateImages(*folder.dataset, {});
        const DuplicateCounts counts = countDuplicates(*found, folder.splits());
        QCOMPARE(counts.of(ImageSplit::Test, ImageSplit::Train), std::size_t(2));
        QCOMPARE(counts.of(ImageSplit::Train, ImageSplit::Train), std::size_t(1));
        QCOMPARE(counts.of(ImageSplit::Test, ImageSplit::Test), std::size_t(0));
        QCOMPARE(counts.leaks(), std::size_t(2));
        QCOMPARE(counts.testInTrain, std::size_t(2));
        QCOMPARE(counts.surplus, std::size_t(3));
        QCOMPARE(counts.exact, std::size_t(1));
    }

    void leavesOutWhatIsAskedFor() {
        const Folder folder;
        const auto found = findDuplicateImages(*folder.dataset, {});
        const auto leftOut = [&](LeaveOut which) {
            return samplesToLeaveOut(*found, *folder.dataset, folder.splits(), which);
        };
        QCOMPARE(leftOut(LeaveOut::TrainingCopies),
                 folder.samples({"train/a/100.png", "train/a/101.png", "train/b/smaller.png"}));
        QCOMPARE(leftOut(LeaveOut::HeldOutCopies),
                 folder.samples({"test/a/equal.png", "test/b/brighter.png", "train/b/smaller.png"}));
        QCOMPARE(leftOut(LeaveOut::AllButOne), // test images are kept, and the first of two training images
                 folder.samples({"train/a/100.png", "train/a/101.png", "train/b/smaller.png"}));
    }

    /// What is left is split again, at random: several times, so that any pair that is left is divided once.
    void nothingLeaksAfterwards_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<bool>("hasTests");
        QTest::addColumn<bool>("hasUnlabelled");
        for (const auto which : {LeaveOut::AllButOne, LeaveOut::TrainingCopies, LeaveOut::HeldOutCopies})
            for (const bool hasTests : {false, true})
                for (const bool hasUnlabelled : {false, true})
                    QTest::addRow("%d %d %d", int(which), hasTests, hasUnlabelled)
                        << int(which) << hasTests << hasUnlabelled;
    }
    void nothingLeaksAfterwards() {
        QFETCH(int, which);
        QFETCH(bool, hasTests);
        QFETCH(bool, hasUnlabelled);
        const QTemporaryDir temporary;
        const DatasetPtr all = manyCopies(folderOf(temporary) / "images", hasTests, hasUnlabelled);
        const auto found = findDuplicateImages(*all, {});
        SplitOptions options;
        options.validationFraction = 0.3;
        const std::vector<ImageSplit> before = splitsOfEach(*all, options);
        QVERIFY(countDuplicates(*found, before).leaks() > 0);
        const auto file = folderOf(temporary) / "selection.json";
        const auto leftOut = samplesToLeaveOut(*found, *all, before, LeaveOut(which));
        saveSelection(leavingOut(*all, leftOut, "rest"), file);
        const DatasetPtr rest = openDataset(toText(DataSource{all->report().source, {}, file.string()}));
        const auto again = findDuplicateImages(*rest, {});
        for (options.seed = 0; options.seed < 10; ++options.seed)
            QCOMPARE(countDuplicates(*again, splitsOfEach(*rest, options)).leaks(), std::size_t(0));
    }

    void equalImagesOnly() {
        const Folder folder;
        DuplicateImageOptions options;
        options.similarity = 1;
        const auto found = findDuplicateImages(*folder.dataset, options);
        QCOMPARE(found->groups.size(), std::size_t(1));
        QCOMPARE(found->groups.front(), folder.samples({"train/a/100.png", "test/a/equal.png"}));
    }

    void threadsDoNotMatter() {
        const Folder folder;
        DuplicateImageOptions one;
        one.threads = 1;
        DuplicateImageOptions three;
        three.threads = 3;
        QVERIFY(findDuplicateImages(*folder.dataset, one)->pairs ==
                findDuplicateImages(*folder.dataset, three)->pairs);
    }

    void unreadableImagesAreTold() {
        const QTemporaryDir temporary;
        const auto root = folderOf(temporary);
        writeNoiseFolder(root / "a", 3, 20, 1);
        writeNoiseFolder(root / "b", 3, 20, 11);
        OpenOptions streamed;
        streamed.memoryBudget = 0;
        const DatasetPtr dataset = openDataset("folder:" + root.string(), streamed);
        std::filesystem::remove(root / "a" / "001.png");
        const auto found = findDuplicateImages(*dataset, {});
        QCOMPARE(found->compared, std::size_t(5));
        QCOMPARE(found->brokenCount, std::size_t(1));
        QCOMPARE(found->broken.front().name, std::string("a/001.png"));
        std::filesystem::remove_all(root / "a");
        std::filesystem::remove_all(root / "b");
        QVERIFY(isClearMessage(thrownMessage<IoError>([&] { findDuplicateImages(*dataset, {}); }), "read"));
    }

    void reportsItsProgressAndStops() {
        const Folder folder;
        std::vector<DuplicateStage> stages;
        DuplicateImageOptions options;
        options.progress = [&](DuplicateStage stage, std::size_t done, std::size_t all) {
            QVERIFY(done <= all);
            if (stages.empty() || stages.back() != stage)
                stages.push_back(stage);
        };
        QVERIFY(findDuplicateImages(*folder.dataset, options));
        QVERIFY((stages == std::vector{DuplicateStage::Reading, DuplicateStage::Comparing,
                                       DuplicateStage::Confirming}));
        std::stop_source stop;
        options.progress = [&](DuplicateStage, std::size_t, std::size_t) { stop.request_stop(); };
        QVERIFY(!findDuplicateImages(*folder.dataset, options, stop.get_token()));
    }
};

SIMCLR_TEST(TestDuplicateImages)
#include "tst_duplicate_images.moc"
