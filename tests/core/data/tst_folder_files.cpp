// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Entries in users' folders besides plain image files: none may be dropped without a note.
class TestFolderFiles : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void unreadKindsAreCountedByExtension();
    void systemFilesAreLeftOutAndCounted();
    void linkedFoldersAreFollowed();
    void danglingLinksAreBrokenFiles();
    void classesOfBrokenFilesAreTold();
    void linksInCirclesEnd();
    void everyFileCountsOnce();
    void linksMoveNoImage();
    void linksThatMakeClassesStay();
    void oneImageOfAbsurdSizeIsBrokenAlone();
    void unreadableFoldersAreTold();
    void pipesDoNotHang();
    void sharedImagesAreTold();
    void replacedImagesAreRefused();
    void deepImagesFollowOneRule();
    void ordinaryDeepImagesStayWhatTheyWere();

  private:
    DatasetPtr open(std::uintmax_t memoryBudget = 1u << 30) const {
        OpenOptions options;
        options.memoryBudget = memoryBudget;
        return openDataset("folder:" + m_root.native(), options);
    }
    bool hasNote(const std::string &part) const {
        return std::ranges::any_of(open()->report().notes,
                                   [&](const Message &note) { return contains(toText(note), part); });
    }

    std::optional<QTemporaryDir> m_directory;
    fs::path m_root;
};

namespace {

/// Why a file is broken; empty if it is not.
std::string reasonOf(const DatasetReport &report, const std::string &name) {
    const auto found = std::ranges::find(report.broken, name, &BrokenFile::name);
    return found == report.broken.end() ? std::string() : found->reason;
}

/// A grey PGM of 4 × 1 pixels with 16 bits each.
std::string deepPgm(int first, int last) {
    std::string bytes = "P5 4 1 65535\n";
    for (const int value : {first, first, last, last}) {
        bytes += static_cast<char>(value >> 8);
        bytes += static_cast<char>(value & 255);
    }
    return bytes;
}

} // namespace

void TestFolderFiles::init() {
    m_directory.emplace();
    m_root = folderOf(*m_directory) / "photos";
    fs::create_directory(m_root);
}

void TestFolderFiles::unreadKindsAreCountedByExtension() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "dog", 2, 8, 11);
    for (int i = 0; i < 3; ++i)
        writeBytes(m_root / "truck" / (std::to_string(i) + ".HEIC"), "heic");
    writeBytes(m_root / "cat" / "without", readBytes(dataFile("rgb.jpg")));
    writeBytes(m_root / "cat" / "download.part", readBytes(dataFile("rgb.png")));
    writeBytes(m_root / "cat" / "labels.csv", "a,b");
    writeBytes(m_root / "cat" / "notes", "no image");
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 4u);
    QVERIFY(hasNote("5 files look like images and are not read: 3 with .heic, 1 with .part (PNG), 1 with no "
                    "extension (JPEG)"));
    QVERIFY(hasNote("No image can be read in the folder \"truck\" (3)"));
}

void TestFolderFiles::systemFilesAreLeftOutAndCounted() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "dog", 2, 8, 11);
    for (const char *place : {"@eaDir/x.jpg", "cat/@eaDir/000.png", "__MACOSX/cat", ".ipynb_checkpoints",
                              "#recycle", "dog/$RECYCLE.BIN"})
        writeNoiseFolder(m_root / place, 2, 4, 1);
    writeBytes(m_root / "cat" / "._000.png", readBytes(dataFile("rgb.png")));
    writeBytes(m_root / "cat" / "Thumbs.db", "thumbs");
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 4u);
    QCOMPARE(dataset->report().brokenCount, std::size_t{0});
    QVERIFY((dataset->report().classNames == std::vector<std::string>{"cat", "dog"}));
    QVERIFY(
        hasNote("13 images are left out as thumbnails or copies made by a system: #recycle, $RECYCLE.BIN, "
                ".ipynb_checkpoints, @eaDir, __MACOSX, hidden files"));
}

void TestFolderFiles::linkedFoldersAreFollowed() {
    const fs::path store = folderOf(*m_directory) / "store";
    for (const char *animal : {"cat", "dog"}) {
        writeNoiseFolder(store / animal, 3, 8, animal[0]);
        writeNoiseFolder(m_root / animal / "part1", 2, 8, animal[0] + 50);
        fs::create_directory_symlink(fs::path("../../store") / animal, m_root / animal / "part2");
    }
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 10u);
    QVERIFY((dataset->report().classCounts == std::vector<std::size_t>{5, 5}));
    QVERIFY(dataset->report().notes.empty());
}

void TestFolderFiles::danglingLinksAreBrokenFiles() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "dog", 2, 8, 11);
    fs::create_directories(m_root / "truck");
    fs::create_symlink("/nowhere/0.jpg", m_root / "truck" / "0.jpg");
    fs::create_symlink("/nowhere/ship", m_root / "ship");
    fs::create_symlink("itself.png", m_root / "cat" / "itself.png");
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 4u);
    QCOMPARE(dataset->report().brokenCount, std::size_t{3});
    for (const char *name : {"truck/0.jpg", "ship", "cat/itself.png"})
        QVERIFY2(contains(reasonOf(dataset->report(), name), "is a broken link"), name);
    QVERIFY(hasNote("No image can be read in the folder \"truck\" (1)"));
}

void TestFolderFiles::classesOfBrokenFilesAreTold() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "dog", 2, 8, 11);
    writeBytes(m_root / "truck" / "0.jpg",
               "../.git/annex/objects/7q/0.jpg"); // as on systems without symbolic links
    QVERIFY(hasNote("No image of the class \"truck\" can be read"));
    QVERIFY(!hasNote("cat"));
}

void TestFolderFiles::linksInCirclesEnd() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "dog", 2, 8, 11);
    fs::create_directory_symlink("..", m_root / "cat" / "up");
    fs::create_directory_symlink("../cat", m_root / "dog" / "cats");
    fs::create_directory_symlink("../dog", m_root / "cat" / "dogs");
    fs::create_directory_symlink("../..",
                                 m_root / "dog" /
                                     "above"); // points outside the folder, to a link back into it
    writeNoiseFolder(folderOf(*m_directory) / "strangers", 3, 8, 21);
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 4u);
    for (std::uint32_t sample = 0; sample < 4; ++sample) // no image has changed its class
        QCOMPARE(dataset->sampleName(sample).substr(0, 4),
                 std::string(dataset->label(sample) == 0 ? "cat/" : "dog/"));
    QVERIFY((dataset->report().classNames == std::vector<std::string>{"cat", "dog"}));
    QVERIFY(hasNote("not followed"));
}

void TestFolderFiles::everyFileCountsOnce() {
    writeNoiseFolder(m_root / "cat", 3, 8, 1);
    writeNoiseFolder(m_root / "dog", 3, 8, 11);
    fs::create_symlink("000.png", m_root / "cat" / "again.png");
    fs::create_hard_link(m_root / "dog" / "000.png",
                         m_root / "dog" / "hard.png"); // not the target of a symbolic link
    const DatasetPtr dataset = open();
    QVERIFY((dataset->report().classCounts == std::vector<std::size_t>{3, 4}));
    QVERIFY(hasNote("1 image is left out: a link leads to the same file, cat/again.png is cat/000.png"));
}

/// Neither to another class nor from training to test.
void TestFolderFiles::linksMoveNoImage() {
    for (const char *animal : {"cat", "dog"})
        writeNoiseFolder(m_root / "train" / animal, 3, 8, animal[0] == 'c' ? 1 : 11);
    fs::create_directory_symlink("train", m_root / "val");
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 6u);
    for (std::uint32_t sample = 0; sample < 6; ++sample)
        QVERIFY(!dataset->isTestSample(sample));
    fs::remove(m_root / "val");
    fs::create_directory_symlink("cat", m_root / "train" / "kitten"); // another name for a class
    QVERIFY((open()->report().classNames == std::vector<std::string>{"cat", "dog"}));
    QVERIFY(hasNote(
        "3 images are left out: links lead to the same files, train/kitten/000.png is train/cat/000.png"));
}

/// A store beside classes that contain only links into it.
void TestFolderFiles::linksThatMakeClassesStay() {
    writeNoiseFolder(m_root / "store", 4, 8, 1);
    for (int i = 0; i < 4; ++i) {
        const std::string name = "00" + std::to_string(i) + ".png";
        const fs::path folder = m_root / (i < 2 ? "cat" : "dog");
        fs::create_directories(folder);
        fs::create_symlink("../store/" + name, folder / name);
    }
    const DatasetPtr dataset = open();
    QVERIFY((dataset->report().classNames == std::vector<std::string>{"cat", "dog"}));
    QVERIFY((dataset->report().classCounts == std::vector<std::size_t>{2, 2}));
}

void TestFolderFiles::unreadableFoldersAreTold() {
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    writeNoiseFolder(m_root / "dog", 2, 8, 11);
    writeNoiseFolder(m_root / "truck", 2, 8, 21);
    fs::permissions(m_directory->path().toStdString(), fs::perms(0755));
    fs::permissions(m_root / "truck", fs::perms::none);
    constexpr uid_t nobody = 65534; // root may read everything
    const bool isRoot = ::geteuid() == 0;
    if (isRoot)
        QCOMPARE(::seteuid(nobody), 0);
    const DatasetPtr dataset = open();
    if (isRoot)
        QCOMPARE(::seteuid(0), 0);
    fs::permissions(m_root / "truck", fs::perms::all);
    QCOMPARE(dataset->size(), 4u);
    QVERIFY(contains(reasonOf(dataset->report(), "truck"), "cannot be read"));
}

void TestFolderFiles::pipesDoNotHang() {
    writeNoiseFolder(m_root, 2, 8, 1);
    QCOMPARE(::mkfifo((m_root / "pipe.jpg").c_str(), 0600), 0);
    QCOMPARE(::mkfifo((m_root / "pipe").c_str(), 0600), 0);
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 2u);
    QVERIFY(contains(reasonOf(dataset->report(), "pipe.jpg"), "is not a regular file"));
}

void TestFolderFiles::sharedImagesAreTold() {
    writeNoiseFolder(m_root / "train" / "cat", 4, 8, 1);
    writeNoiseFolder(m_root / "train" / "dog", 4, 8, 11);
    writeNoiseFolder(m_root / "test" / "cat", 2, 8, 21);
    writeNoiseFolder(m_root / "test" / "dog", 2, 8, 31);
    QVERIFY(!hasNote("also"));
    writeBytes(m_root / "test" / "cat" / "copy.png", readBytes(m_root / "train" / "dog" / "001.png"));
    QVERIFY(hasNote("1 test image is also a training image: test/cat/copy.png is train/dog/001.png"));
    writeBytes(m_root / "test" / "dog" / "copy.png", readBytes(m_root / "train" / "dog" / "002.png"));
    QVERIFY(hasNote("2 test images are also training images"));
}

/// An image that was replaced after the fingerprint was computed is rejected.
void TestFolderFiles::replacedImagesAreRefused() {
    writeNoiseFolder(m_root, 3, 8, 1);
    const DatasetPtr streamed = open(0);
    const std::string bytes = readBytes(m_root / "001.png");
    fs::remove(m_root / "001.png");
    writeBytes(m_root / "001.png", bytes); // the same image in another file
    QVERIFY(streamed->image(1) == noiseImage(8, 8, 2));
    writePng(noiseImage(8, 8, 77), m_root / "001.png");
    const std::string message = thrownMessage<ImagesChanged>([&] { streamed->image(1); });
    QVERIFY2(isClearMessage(message, "001.png was replaced or changed"), message.c_str());
    QVERIFY(streamed->image(2) == noiseImage(8, 8, 3));
}

void TestFolderFiles::deepImagesFollowOneRule() {
    writeBytes(m_root / "a.pgm", deepPgm(16, 1600));
    writeBytes(m_root / "b.pgm", deepPgm(16, 4080));
    for (const std::uintmax_t budget : {std::uintmax_t{1} << 30, std::uintmax_t{0}}) {
        const DatasetPtr dataset = open(budget);
        QCOMPARE(pixel(dataset->image(0), 0, 0)[0], 1);
        QCOMPARE(pixel(dataset->image(0), 3, 0)[0], 100);
        QCOMPARE(pixel(dataset->image(1), 3, 0)[0], 255);
    }
    QCOMPARE(open(0)->fingerprint(), open()->fingerprint());
    QVERIFY(hasNote("2 images have 16 bits per channel and are read as 12 bits"));
    const std::string twelve = open()->fingerprint();
    writeBytes(m_root / "c.pgm", deepPgm(0, 60000));
    QCOMPARE(pixel(open()->image(0), 3, 0)[0], 6);
    QVERIFY(hasNote("3 images have 16 bits per channel and are read as 16 bits"));
    fs::remove(m_root / "c.pgm");
    QCOMPARE(open()->fingerprint(), twelve);
}

void TestFolderFiles::ordinaryDeepImagesStayWhatTheyWere() {
    writeBytes(m_root / "a.png", readBytes(dataFile("grey16.png")));
    QVERIFY(open()->image(0) == readImage(dataFile("grey.png")));
}

/// Buffer sizes depend on header fields that the pixel limit does not cover.
void TestFolderFiles::oneImageOfAbsurdSizeIsBrokenAlone() {
    writeNoiseFolder(m_root, 2, 8, 1);
    std::string tiff = readBytes(dataFile("tiled.tif"));
    const std::string tileWidth("\x42\x01\x03\0\x01\0\0\0", 8); // tag 322, a short, one of them
    const std::size_t at = tiff.find(tileWidth);
    QVERIFY(at != std::string::npos);
    tiff.replace(at + 2, 2, std::string("\x04\0", 2));     // a long instead
    tiff.replace(at + 8, 4, std::string("\0\0\0\x20", 4)); // 536,870,912 pixels wide
    writeBytes(m_root / "absurd.tif", tiff);
    for (const std::uintmax_t budget : {std::uintmax_t{1} << 30, std::uintmax_t{0}}) {
        const DatasetPtr dataset = open(budget);
        QCOMPARE(dataset->size(), 2u);
        QVERIFY2(contains(reasonOf(dataset->report(), "absurd.tif"), "absurd.tif is damaged"),
                 reasonOf(dataset->report(), "absurd.tif").c_str());
    }
}

SIMCLR_TEST(TestFolderFiles)
#include "tst_folder_files.moc"
