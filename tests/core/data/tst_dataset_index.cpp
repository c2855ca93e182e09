// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Indexes of large folders. That an index was used is known from the progress, which is only reported for
/// images that are read.
class TestDatasetIndex : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase();
    void init();
    void opensAgainAsItWas();
    void reportComesBack();
    void changesAreNoticed_data();
    void changesAreNoticed();
    void imageRepairedDuringOpening();
    void otherOptionsReadAgain();
    void damagedIndexIsIgnored();
    void foreignIndexIsIgnored();
    void changedImageDropsTheIndex();
    void smallFoldersHaveNone();
    void folderForIndexesMayBeMissing();
    void oldIndexesAreDeleted();
    void longWalkShowsFirstImages();

  private:
    DatasetPtr open(std::uintmax_t memoryBudget = 0) {
        OpenOptions options;
        options.memoryBudget = memoryBudget;
        options.indexFolder = m_index;
        m_read = 0;
        options.progress = [this](std::size_t done, std::size_t) { m_read = done; };
        return openDataset(m_photos.native(), options);
    }
    bool wasRead() const { return m_read > 0; }
    /// The folders' last changes must be older than a step of the file system's clock.
    static void waitForClock() { std::this_thread::sleep_for(std::chrono::milliseconds(40)); }
    fs::path indexFile() const {
        fs::path found;
        for (const auto &entry : fs::directory_iterator(m_index))
            found = entry.path();
        return found;
    }

    std::optional<QTemporaryDir> m_original; ///< 360 images in two classes
    std::optional<QTemporaryDir> m_directory;
    fs::path m_photos;
    fs::path m_index;
    std::size_t m_read = 0;
};

namespace {

/// A PGM file of 4 × 1 pixels, all of them different.
std::string tinyImage(int number) {
    return "P5 4 1 255\n" + std::string{static_cast<char>(number), static_cast<char>(number >> 8), 'x', 'y'};
}

bool areEqual(const Dataset &a, const Dataset &b) {
    if (a.size() != b.size() || a.fingerprint() != b.fingerprint())
        return false;
    for (std::uint32_t i = 0; i < a.size(); ++i)
        if (a.sampleName(i) != b.sampleName(i) || a.label(i) != b.label(i) ||
            a.isTestSample(i) != b.isTestSample(i) || a.contentOf(i) != b.contentOf(i))
            return false;
    return a.image(7) == b.image(7) && a.image(a.size() - 1) == b.image(a.size() - 1);
}

} // namespace

void TestDatasetIndex::initTestCase() {
    m_original.emplace();
    for (int i = 0; i < 360; ++i)
        writeBytes(folderOf(*m_original) / (i % 3 == 0 ? "test" : "train") / (i % 2 == 0 ? "cat" : "dog") /
                       (std::to_string(i) + ".pgm"),
                   tinyImage(i));
}

void TestDatasetIndex::init() {
    m_directory.emplace();
    m_photos = folderOf(*m_directory) / "photos";
    m_index = folderOf(*m_directory) / "index";
    fs::copy(folderOf(*m_original), m_photos, fs::copy_options::recursive);
    waitForClock();
}

void TestDatasetIndex::opensAgainAsItWas() {
    const DatasetPtr first = open();
    QVERIFY(wasRead() && fs::exists(indexFile()));
    const DatasetPtr again = open();
    QVERIFY(!wasRead());
    QCOMPARE(again->size(), 360u);
    QVERIFY(areEqual(*again, *first));
    OpenOptions plain;
    plain.memoryBudget = 0;
    QCOMPARE(openDataset(m_photos.native(), plain)->fingerprint(), again->fingerprint());
}

/// Notes with plural forms and parts, broken files, classes and sizes.
void TestDatasetIndex::reportComesBack() {
    writeBytes(m_photos / "train" / "cat" / "broken.png", "nothing");
    writeBytes(m_photos / "train" / "cat" / "photo.heic", "");
    writeBytes(m_photos / "test" / "bird" / "1.pgm", tinyImage(5000));
    writeBytes(m_photos / "test" / "cat" / "copy.pgm", tinyImage(1));
    waitForClock();
    const DatasetReport first = open()->report();
    const DatasetReport again = open()->report();
    QVERIFY(!wasRead());
    QVERIFY(first.notes.size() >= 3);
    QVERIFY(again.notes == first.notes);
    QVERIFY(again.classNames == first.classNames && again.classCounts == first.classCounts);
    QCOMPARE(again.source, first.source);
    QCOMPARE(again.title, first.title);
    QCOMPARE(again.images, first.images);
    QCOMPARE(again.hasTestSplit, first.hasTestSplit);
    QVERIFY(again.smallest.width == 4 && again.largest.height == 1 && again.usualSide == 1);
    QCOMPARE(again.brokenCount, std::size_t{1});
    QCOMPARE(again.broken.front().reason, first.broken.front().reason);
}

void TestDatasetIndex::changesAreNoticed_data() {
    QTest::addColumn<QString>("change");
    for (const char *change : {"new image", "deleted image", "renamed image", "new folder", "deleted folder",
                               "repaired image", "replaced image"})
        QTest::newRow(change) << QString(change);
}

void TestDatasetIndex::changesAreNoticed() {
    QFETCH(QString, change);
    const fs::path broken = m_photos / "train" / "dog" / "broken.pgm";
    writeBytes(broken, "P5 4 1 255\n");
    waitForClock();
    const std::string before = open()->fingerprint();
    const fs::path image = m_photos / "train" / "dog" / "1.pgm";
    if (change == "new image")
        writeBytes(m_photos / "train" / "dog" / "new.pgm", tinyImage(4000));
    else if (change == "deleted image")
        fs::remove(image);
    else if (change == "renamed image")
        fs::rename(image, m_photos / "train" / "dog" / "other.pgm");
    else if (change == "new folder")
        writeBytes(m_photos / "train" / "dog" / "deeper" / "1.pgm", tinyImage(4000));
    else if (change == "deleted folder")
        fs::remove_all(m_photos / "test" / "cat");
    else if (change == "repaired image")
        writeBytes(broken, tinyImage(4000));
    else
        writeBytes(image, tinyImage(4000));
    waitForClock();
    const std::string after = open()->fingerprint();
    QVERIFY(wasRead() && after != before);
    QCOMPARE(open()->fingerprint(), after);
    QVERIFY(!wasRead());
}

/// As one that is still being copied.
void TestDatasetIndex::imageRepairedDuringOpening() {
    const fs::path image = m_photos / "test" / "cat" / "0.pgm"; // the first one
    const std::string whole = readBytes(image);
    writeBytes(image, whole.substr(0, 11));
    waitForClock();
    OpenOptions options;
    options.memoryBudget = 0;
    options.indexFolder = m_index;
    options.threads = 1;
    options.progress = [&](std::size_t, std::size_t) { writeBytes(image, whole); };
    QCOMPARE(openDataset(m_photos.native(), options)->size(), 359u);
    QCOMPARE(open()->size(), 360u);
    QVERIFY(wasRead());
}

void TestDatasetIndex::otherOptionsReadAgain() {
    open();
    const DatasetPtr inMemory = open(1 << 30);
    QVERIFY(wasRead() && inMemory->report().inMemory);
    open();
    QVERIFY(!wasRead());
}

/// Some bytes are changed, and the file is cut at several lengths.
void TestDatasetIndex::damagedIndexIsIgnored() {
    const DatasetPtr first = open();
    const fs::path file = indexFile();
    const std::string whole = readBytes(file);
    std::vector<std::string> damaged{"", whole + "x"};
    for (std::size_t i = 0; i < 4; ++i) {
        damaged.push_back(whole.substr(0, i * whole.size() / 4));
        damaged.push_back(whole);
        damaged.back()[i * whole.size() / 4 + 3] ^= 1;
    }
    for (const std::string &bytes : damaged) {
        writeBytes(file, bytes);
        const DatasetPtr again = open();
        QVERIFY(wasRead());
        QVERIFY(areEqual(*again, *first));
        QVERIFY(readBytes(file) == whole); // written again
    }
}

void TestDatasetIndex::foreignIndexIsIgnored() {
    open();
    const fs::path file = indexFile();
    const std::string mine = readBytes(file);
    fs::remove(file);
    fs::copy(m_photos, folderOf(*m_directory) / "others", fs::copy_options::recursive);
    m_photos = folderOf(*m_directory) / "others";
    fs::remove(m_photos / "train" / "dog" / "1.pgm");
    waitForClock();
    open();
    writeBytes(indexFile(), mine);
    const DatasetPtr dataset = open();
    QVERIFY(wasRead());
    QCOMPARE(dataset->size(), 359u);
}

/// Of more images than are checked at opening, one is changed without a change of its folder: here the index
/// is opened first and the image changed afterwards.
void TestDatasetIndex::changedImageDropsTheIndex() {
    open();
    const DatasetPtr dataset = open();
    QVERIFY(!wasRead());
    writeBytes(m_photos / dataset->sampleName(3), tinyImage(4000));
    const std::string message = thrownMessage<ImagesChanged>([&] { dataset->image(3); });
    QVERIFY2(isClearMessage(message, dataset->sampleName(3)), message.c_str());
    QVERIFY(fs::is_empty(m_index));
    open();
    QVERIFY(wasRead());
}

void TestDatasetIndex::smallFoldersHaveNone() {
    fs::remove_all(m_photos / "train" / "dog");
    waitForClock();
    open();
    QVERIFY(!fs::exists(m_index) || fs::is_empty(m_index));
}

void TestDatasetIndex::folderForIndexesMayBeMissing() {
    writeBytes(m_index, "a file instead of a folder");
    QCOMPARE(open()->size(), 360u);
    QCOMPARE(readBytes(m_index), std::string("a file instead of a folder"));
}

/// Of 40, those that were used last are kept, and files of other kinds.
void TestDatasetIndex::oldIndexesAreDeleted() {
    for (int i = 0; i < 40; ++i) {
        const fs::path file = m_index / (std::to_string(i) + ".index");
        writeBytes(file, "x");
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(100 - i));
    }
    writeBytes(m_index / "other", "x");
    open();
    const auto count = std::distance(fs::directory_iterator(m_index), fs::directory_iterator());
    QCOMPARE(count, std::ptrdiff_t{33});
    QVERIFY(!fs::exists(m_index / "8.index") && fs::exists(m_index / "9.index"));
    open();
    QVERIFY(!wasRead());
}

void TestDatasetIndex::longWalkShowsFirstImages() {
    std::vector<DatasetPtr> previews;
    OpenOptions options;
    options.memoryBudget = 0;
    options.firstPreviewAfter = std::chrono::milliseconds(0);
    options.openingPreview = [&](const DatasetPtr &images) { previews.push_back(images); };
    const DatasetPtr dataset = openDataset(m_photos.native(), options);
    QCOMPARE(previews.size(), std::size_t{2});
    QVERIFY(previews[0]->size() > 0 && previews[0]->size() < 100 && !previews[0]->isLabelled());
    QVERIFY(!previews[0]->image(0).isEmpty() && previews[0]->fingerprint().empty());
    QCOMPARE(previews[1]->size(), dataset->size());
    QVERIFY(previews[1]->report().classNames == dataset->report().classNames);
}

SIMCLR_TEST(TestDatasetIndex)
#include "tst_dataset_index.moc"
