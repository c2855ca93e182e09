// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestImageFolder : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void foldersAreClasses();
    void trainAndTestFolders();
    void otherFoldersBesideTrainAndTest_data();
    void otherFoldersBesideTrainAndTest();
    void classCalledTrainIsAClass();
    void loosePicturesAreToldOf();
    void oneClassAloneIsNoLabel();
    void flatFolderHasNoLabels();
    void flatTrainAndTest();
    void readsEveryKindOfPicture();
    void brokenFilesAreSkippedCountedAndListed();
    void allBrokenIsRefused();
    void hiddenAndOtherFilesAreLeftOut();
    void hiddenFoldersAreNotEntered();
    void namesOfAnyKind();
    void streamedEqualsInMemory();
    void streamedFileMayVanish();
    void fingerprintFollowsTheContent();
    void fingerprintFollowsTheSplit();
    void streamedKeepsWhatTheHeaderPromises();
    void pathMaySpellItselfDifferently();
    void tellsProgressAndCanBeStopped();
    void canBeLookedAtBeforeItIsRead();
    void emptyFolderIsRefused();

  private:
    DatasetPtr open(std::uintmax_t memoryBudget = 1u << 30) const {
        OpenOptions options;
        options.memoryBudget = memoryBudget;
        return openDataset("folder:" + m_root.native(), options);
    }

    std::optional<QTemporaryDir> m_directory;
    fs::path m_root;
};

namespace {

std::vector<std::string> namesOf(const Dataset &dataset) {
    std::vector<std::string> names;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        names.push_back(dataset.sampleName(sample));
    return names;
}

const std::vector<std::string> catAndDog{"cat", "dog"};

} // namespace

void TestImageFolder::init() {
    m_directory.emplace();
    m_root = folderOf(*m_directory) / "photos";
    fs::create_directory(m_root);
}

void TestImageFolder::foldersAreClasses() {
    writeNoiseFolder(m_root / "dog", 3, 8, 100);
    writeNoiseFolder(m_root / "cat", 2, 12, 200);
    writeNoiseFolder(m_root / "dog" / "deeper", 1, 10, 300);
    fs::create_directory(m_root / "empty");
    const DatasetPtr dataset = open();
    const DatasetReport &report = dataset->report();
    QCOMPARE(report.kind, std::string("folder"));
    QCOMPARE(report.title, std::string("photos"));
    QVERIFY(report.classNames == catAndDog);
    QVERIFY((report.classCounts == std::vector<std::size_t>{2, 4}));
    QCOMPARE(report.images, std::size_t{6});
    QVERIFY(!report.hasTestSplit && report.inMemory && dataset->isLabelled());
    QVERIFY(report.smallest.width == 8 && report.largest.height == 12);
    QVERIFY(std::ranges::is_sorted(namesOf(*dataset)));
    QCOMPARE(dataset->sampleName(1), std::string("cat/001.png"));
    QCOMPARE(dataset->label(1), 0);
    QVERIFY(dataset->image(1) == noiseImage(12, 12, 201));
    QCOMPARE(dataset->label(5), 1);
}

void TestImageFolder::trainAndTestFolders() {
    writeNoiseFolder(m_root / "train" / "dog", 3, 8, 1);
    writeNoiseFolder(m_root / "train" / "cat", 3, 8, 11);
    writeNoiseFolder(m_root / "test" / "dog", 2, 8, 21);
    writeNoiseFolder(m_root / "test" / "cat", 1, 8, 31);
    const DatasetPtr dataset = open();
    QVERIFY(dataset->report().classNames == catAndDog);
    QVERIFY(dataset->report().hasTestSplit);
    QCOMPARE(dataset->size(), 9u);
    for (std::uint32_t sample = 0; sample < dataset->size(); ++sample) {
        const std::string name = dataset->sampleName(sample);
        QCOMPARE(dataset->isTestSample(sample), name.starts_with("test/"));
        QCOMPARE(dataset->label(sample), contains(name, "/dog/") ? 1 : 0);
    }
}

void TestImageFolder::otherFoldersBesideTrainAndTest_data() {
    QTest::addColumn<QString>("testFolder");
    QTest::addColumn<QString>("other");
    QTest::addColumn<int>("otherPictures");
    QTest::newRow("empty folder") << "test"
                                  << "annotations" << 0;
    QTest::newRow("more pictures") << "test"
                                   << "extra" << 3;
    QTest::newRow("validation beside test") << "test"
                                            << "validation" << 2;
    QTest::newRow("validation alone") << "validation"
                                      << "" << 0;
}

/// Test images must never become training images.
void TestImageFolder::otherFoldersBesideTrainAndTest() {
    QFETCH(QString, testFolder);
    QFETCH(QString, other);
    QFETCH(int, otherPictures);
    const fs::path test = m_root / testFolder.toStdString();
    for (const std::string &animal : catAndDog) {
        writeNoiseFolder(m_root / "train" / animal, 4, 8, 1);
        writeNoiseFolder(test / animal, 2, 8, 21);
    }
    if (!other.isEmpty())
        fs::create_directories(m_root / other.toStdString());
    if (otherPictures > 0)
        writeNoiseFolder(m_root / other.toStdString(), otherPictures, 8, 41);
    const DatasetPtr dataset = open();
    QVERIFY(dataset->report().classNames == catAndDog);
    QCOMPARE(dataset->size(), 12u);
    for (std::uint32_t sample = 0; sample < dataset->size(); ++sample)
        QCOMPARE(dataset->isTestSample(sample),
                 dataset->sampleName(sample).starts_with(testFolder.toStdString() + "/"));
    QCOMPARE(dataset->report().notes.size(), std::size_t(otherPictures > 0 ? 1 : 0));
    if (otherPictures > 0)
        QVERIFY(contains(toText(dataset->report().notes.front()), other.toStdString()));
}

void TestImageFolder::classCalledTrainIsAClass() {
    writeNoiseFolder(m_root / "train", 3, 8, 1);
    writeNoiseFolder(m_root / "bus", 3, 8, 11);
    const DatasetPtr dataset = open();
    QVERIFY((dataset->report().classNames == std::vector<std::string>{"bus", "train"}));
}

void TestImageFolder::loosePicturesAreToldOf() {
    writeNoiseFolder(m_root / "cat", 3, 8, 1);
    writeNoiseFolder(m_root / "dog", 3, 8, 11);
    writeNoiseFolder(m_root, 2, 8, 21);
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 6u);
    QCOMPARE(dataset->report().notes.size(), std::size_t{1});
    QVERIFY(contains(toText(dataset->report().notes.front()), "2 images"));
}

void TestImageFolder::oneClassAloneIsNoLabel() {
    writeNoiseFolder(m_root / "2020", 3, 8, 1);
    writeNoiseFolder(m_root, 2, 8, 11);
    const DatasetPtr dataset = open();
    QVERIFY(!dataset->isLabelled());
    QCOMPARE(dataset->size(), 5u);
    QVERIFY(dataset->report().notes.empty());
}

void TestImageFolder::flatFolderHasNoLabels() {
    writeNoiseFolder(m_root, 4, 8, 1);
    const DatasetPtr dataset = open();
    QVERIFY(!dataset->isLabelled());
    QCOMPARE(dataset->classCount(), 0);
    QCOMPARE(dataset->size(), 4u);
    for (std::uint32_t sample = 0; sample < 4; ++sample)
        QCOMPARE(dataset->label(sample), Dataset::unlabelled);
}

void TestImageFolder::flatTrainAndTest() {
    writeNoiseFolder(m_root / "train", 3, 8, 1);
    writeNoiseFolder(m_root / "test", 2, 8, 21);
    const DatasetPtr dataset = open();
    QVERIFY(!dataset->isLabelled() && dataset->report().hasTestSplit);
    QCOMPARE(dataset->size(), 5u);
    QVERIFY(dataset->isTestSample(0) && !dataset->isTestSample(4)); // test/… comes before train/…
}

void TestImageFolder::readsEveryKindOfPicture() {
    const std::vector<std::string> files{
        "rgb.jpg",   "progressive.jpg", "cmyk.jpg",   "turned.jpg",    "grey.jpg",  "rgb.png",
        "rgb16.png", "grey.png",        "grey16.png", "palette.png",   "alpha.png", "rgb.bmp",
        "rgb.ppm",   "grey.pgm",        "lossy.webp", "lossless.webp", "alpha.webp"};
    for (const std::string &file : files)
        writeBytes(m_root / file, readBytes(dataFile(file)));
    for (const std::uintmax_t budget : {std::uintmax_t{1} << 30, std::uintmax_t{0}}) {
        const DatasetPtr dataset = open(budget);
        QCOMPARE(dataset->size(), static_cast<std::uint32_t>(files.size()));
        QCOMPARE(dataset->report().brokenCount, std::size_t{0});
        for (std::uint32_t sample = 0; sample < dataset->size(); ++sample)
            QVERIFY(dataset->image(sample) == readImage(dataFile(dataset->sampleName(sample))));
    }
}

void TestImageFolder::brokenFilesAreSkippedCountedAndListed() {
    writeNoiseFolder(m_root / "cat", 3, 8, 1);
    writeNoiseFolder(m_root / "dog", 3, 8, 11);
    const std::string jpeg = readBytes(dataFile("rgb.jpg"));
    writeBytes(m_root / "cat" / "empty.jpg", "");
    writeBytes(m_root / "cat" / "text.jpg", "this is text");
    writeBytes(m_root / "dog" / "cut.jpg", jpeg.substr(0, jpeg.size() / 2));
    writeBytes(m_root / "dog" / "bomb.png", readBytes(dataFile("bomb.png")));
    const DatasetPtr dataset = open();
    const DatasetReport &report = dataset->report();
    QCOMPARE(report.images, std::size_t{6});
    QVERIFY((report.classCounts == std::vector<std::size_t>{3, 3}));
    QCOMPARE(report.brokenCount, std::size_t{4});
    QCOMPARE(report.broken.size(), std::size_t{4});
    const std::vector<std::string> names{"cat/empty.jpg", "cat/text.jpg", "dog/bomb.png", "dog/cut.jpg"};
    const std::vector<std::string> causes{"is empty", "not an image", "too large", "truncated"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        QCOMPARE(report.broken[i].name, names[i]);
        QVERIFY2(contains(report.broken[i].reason, causes[i]), report.broken[i].reason.c_str());
    }
}

void TestImageFolder::allBrokenIsRefused() {
    writeBytes(m_root / "a.jpg", "");
    writeBytes(m_root / "b.png", "text");
    const std::string message = thrownMessage<InvalidInput>([&] { open(); });
    QVERIFY2(isClearMessage(message, "photos") && contains(message, "a.jpg is empty"), message.c_str());
}

void TestImageFolder::hiddenAndOtherFilesAreLeftOut() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeBytes(m_root / "cat" / ".hidden.png", readBytes(dataFile("rgb.png")));
    writeBytes(m_root / "cat" / "notes.txt", "not a picture and not a broken one");
    writeBytes(m_root / "README.md", "text");
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 2u);
    QCOMPARE(dataset->report().brokenCount, std::size_t{0});
}

/// Such as the thumbnails that file managers and cameras leave behind.
void TestImageFolder::hiddenFoldersAreNotEntered() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "cat" / ".thumbnails", 2, 4, 1);
    writeNoiseFolder(m_root / ".trash", 2, 4, 1);
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 2u);
    QVERIFY(!dataset->isLabelled());
}

void TestImageFolder::namesOfAnyKind() {
    const std::string longName(251, 'n');
    writeNoiseFolder(m_root / fs::path("cat\xe9"), 1, 8, 1);
    writeNoiseFolder(m_root / "dog <b>bold</b>", 1, 8, 2);
    writePng(noiseImage(8, 8, 3), m_root / "plain.png"); // beside the classes, and so without a class
    writeBytes(m_root / "dog <b>bold</b>" / (longName + ".png"), readBytes(dataFile("rgb.png")));
    writeBytes(m_root / "dog <b>bold</b>" / fs::path("\xff\xfe.png"), readBytes(dataFile("rgb.png")));
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 4u);
    QCOMPARE(dataset->report().classNames[0], std::string("cat\xEF\xBF\xBD"));
    for (std::uint32_t sample = 0; sample < dataset->size(); ++sample) {
        const QByteArray name = QByteArray::fromStdString(dataset->sampleName(sample));
        QCOMPARE(QString::fromUtf8(name).toUtf8(), name); // valid UTF-8
        QVERIFY(!dataset->image(sample).isEmpty());
    }
}

void TestImageFolder::streamedEqualsInMemory() {
    writeNoiseFolder(m_root / "train" / "cat", 5, 20, 1);
    writeNoiseFolder(m_root / "train" / "dog", 5, 24, 11);
    writeNoiseFolder(m_root / "test" / "dog", 3, 16, 21);
    const DatasetPtr kept = open();
    const DatasetPtr streamed = open(0);
    QVERIFY(kept->report().inMemory && !streamed->report().inMemory);
    QCOMPARE(streamed->fingerprint(), kept->fingerprint());
    QVERIFY(streamed->report().classCounts == kept->report().classCounts);
    QCOMPARE(streamed->report().largest.width, kept->report().largest.width);
    QVERIFY(namesOf(*streamed) == namesOf(*kept));
    for (std::uint32_t sample = 0; sample < kept->size(); ++sample) {
        QCOMPARE(streamed->label(sample), kept->label(sample));
        QCOMPARE(streamed->isTestSample(sample), kept->isTestSample(sample));
        QVERIFY(streamed->image(sample) == kept->image(sample));
    }
    // 8 of the 13 fit into this budget; keeping only some of them is not supported.
    QVERIFY(!open(8 * 20 * 20 * 3)->report().inMemory);
}

void TestImageFolder::streamedFileMayVanish() {
    writeNoiseFolder(m_root, 3, 8, 1);
    const DatasetPtr streamed = open(0);
    fs::remove(m_root / "001.png");
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { streamed->image(1); }), "001.png"));
    QVERIFY(streamed->image(2) == noiseImage(8, 8, 3));
}

/// Which images were decoded before the memory ran out is random, and must not affect the content of the
/// dataset.
void TestImageFolder::streamedKeepsWhatTheHeaderPromises() {
    writeNoiseFolder(m_root, 4, 16, 1);
    std::string damaged = readBytes(m_root / "000.png");
    for (std::size_t i = 60; i < damaged.size() - 40; ++i)
        damaged[i] = 0;
    writeBytes(m_root / "000.png", damaged);
    QCOMPARE(open()->size(), 3u);                      // decoded, so its damage is found
    const DatasetPtr streamed = open(2 * 16 * 16 * 3); // it is among the first two that are decoded
    QCOMPARE(streamed->size(), 4u);
    QCOMPARE(open(0)->fingerprint(), streamed->fingerprint());
}

void TestImageFolder::fingerprintFollowsTheContent() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "dog", 2, 8, 11);
    const std::string before = open()->fingerprint();
    QCOMPARE(before.size(), std::size_t{64});
    QCOMPARE(open()->fingerprint(), before);
    fs::rename(m_root / "cat" / "001.png", m_root / "cat" / "009.png");
    const std::string renamed = open()->fingerprint();
    fs::rename(m_root / "cat" / "009.png", m_root / "dog" / "009.png");
    const std::string moved = open()->fingerprint();
    writeNoiseFolder(m_root / "dog", 3, 9, 11);
    const std::string resized = open()->fingerprint();
    const std::string picture = readBytes(m_root / "dog" / "000.png");
    std::string other = picture;
    other[other.size() - 20] ^= 1; // as long as before, in the pixels or their checksum
    writeBytes(m_root / "dog" / "000.png", other);
    const std::string changed = open(0)->fingerprint();
    writeBytes(m_root / "dog" / "000.png", picture);
    fs::rename(m_root / "dog", m_root / "elk");
    const std::string relabelled = open()->fingerprint();
    const std::set<std::string> all{before, renamed, moved, resized, changed, relabelled};
    QCOMPARE(all.size(), std::size_t{6});
}

/// The test split is part of a dataset's identity, even if no byte of an image differs.
void TestImageFolder::fingerprintFollowsTheSplit() {
    for (const std::string &animal : catAndDog) {
        writeNoiseFolder(m_root / "train" / animal, 2, 8, 1);
        writeNoiseFolder(m_root / "test" / animal, 2, 8, 21);
    }
    const std::string before = open()->fingerprint();
    fs::rename(m_root / "test", m_root / "toast"); // now "train" and "toast" are classes
    fs::rename(m_root / "train", m_root / "trein");
    QVERIFY(open()->fingerprint() != before);
}

void TestImageFolder::pathMaySpellItselfDifferently() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    const DatasetPtr plain = open();
    const DatasetPtr slash = openDataset(m_root.native() + "/");
    const DatasetPtr detour = openDataset((m_root / "cat" / "..").native());
    for (const DatasetPtr &other : {slash, detour}) {
        QCOMPARE(other->fingerprint(), plain->fingerprint());
        QVERIFY(namesOf(*other) == namesOf(*plain));
        QCOMPARE(other->report().title, std::string("photos"));
        QCOMPARE(openDataset(other->report().source)->fingerprint(), plain->fingerprint());
    }
}

void TestImageFolder::tellsProgressAndCanBeStopped() {
    writeNoiseFolder(m_root, 300, 2, 1);
    std::size_t last = 0;
    std::atomic<int> inside = 0;
    bool alone = true;
    OpenOptions options;
    options.threads = 3;
    options.progress = [&](std::size_t done, std::size_t all) {
        alone = alone && ++inside == 1 && all == 300;
        last = std::max(last, done);
        --inside;
    };
    openDataset(m_root.native(), options);
    QCOMPARE(last, std::size_t{300});
    QVERIFY(alone);

    std::stop_source stop;
    options.stop = stop.get_token();
    options.progress = [&stop](std::size_t, std::size_t) { stop.request_stop(); };
    QVERIFY_EXCEPTION_THROWN(openDataset(m_root.native(), options), OpeningCancelled);
}

void TestImageFolder::canBeLookedAtBeforeItIsRead() {
    for (const std::string &animal : catAndDog)
        writeNoiseFolder(m_root / "train" / animal, 3, 8, animal == "cat" ? 1 : 7);
    writeBytes(m_root / "train" / "cat" / "broken.png", "no picture");
    DatasetPtr look;
    bool isFirst = true;
    OpenOptions options;
    options.openingPreview = [&](const DatasetPtr &pictures) { look = pictures; };
    options.progress = [&](std::size_t, std::size_t) { isFirst = isFirst && look; };
    const DatasetPtr whole = openDataset(m_root.native(), options);
    QVERIFY(look && isFirst);
    QVERIFY(look->fingerprint().empty());
    QCOMPARE(look->report().source, whole->report().source);
    QVERIFY(look->report().classNames == whole->report().classNames);
    QCOMPARE(look->size(), whole->size() + 1); // the broken one has not been found yet
    QVERIFY_EXCEPTION_THROWN(look->image(3), InvalidInput);
    QCOMPARE(look->sampleName(4), whole->sampleName(3));
    QCOMPARE(look->label(4), whole->label(3));
    QVERIFY(look->image(4) == whole->image(3));
}

void TestImageFolder::emptyFolderIsRefused() {
    QVERIFY(
        isClearMessage(thrownMessage<InvalidInput>([&] { open(); }), "photos contains no readable images"));
    writeBytes(m_root / "notes.txt", "text");
    fs::create_directories(m_root / "class a");
    QVERIFY(
        isClearMessage(thrownMessage<InvalidInput>([&] { open(); }), "photos contains no readable images"));
}

SIMCLR_TEST(TestImageFolder)
#include "tst_image_folder.moc"
