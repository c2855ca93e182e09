// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_listing.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

#include <optional>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// The interpretation of folders and their names. Files are listed, not opened, so that empty files suffice.
class TestFolderLayouts : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void understands_data();
    void understands();
    void testClassesThatTrainingLacksAreLeftOut();
    void namesEqualButForCaseAreTold();
    void tinyImageNet();
    void misunderstoodSplitsAreTold_data();
    void misunderstoodSplitsAreTold();
    void classesWithoutTestImagesAreTold();
    void unlikelyClassesAreTold_data();
    void unlikelyClassesAreTold();

  private:
    void make(const std::string &folder, int images) const {
        for (int i = 0; i < images; ++i)
            writeBytes(m_root / folder / (std::to_string(i) + ".png"), "");
    }
    ImageListing list() const { return listImageFolder(m_root, {}); }

    std::optional<QTemporaryDir> m_directory;
    fs::path m_root;
};

namespace {

/// "cat 3+2, dog 1+0": training and test images of each class; "- 3+2" without classes.
std::string described(const ImageListing &listing) {
    std::string text;
    const auto count = [&](int label, bool isTest) {
        int images = 0;
        for (std::uint32_t i = 0; i < listing.images->size(); ++i)
            images += listing.images->label(i) == label && listing.images->isTest(i) == isTest ? 1 : 0;
        return std::to_string(images);
    };
    for (std::size_t i = 0; i < listing.classNames.size(); ++i)
        text += (i == 0 ? "" : ", ") + listing.classNames[i] + " " + count(static_cast<int>(i), false) + "+" +
                count(static_cast<int>(i), true);
    return listing.classNames.empty() ? "- " + count(-1, false) + "+" + count(-1, true) : text;
}

bool hasNote(const ImageListing &listing, const std::string &part) {
    return std::ranges::any_of(listing.notes,
                               [&](const Message &note) { return contains(toText(note), part); });
}

} // namespace

void TestFolderLayouts::init() {
    m_directory.emplace();
    m_root = folderOf(*m_directory) / "photos";
    fs::create_directory(m_root);
}

void TestFolderLayouts::understands_data() {
    QTest::addColumn<QStringList>("folders"); // the digit at the end is the number of images
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QStringList &folders, const char *expected) {
        QTest::newRow(name) << folders << expected;
    };
    row("classes", {"cat 3", "dog 2"}, "cat 3+0, dog 2+0");
    row("flat", {". 3"}, "- 3+0");
    row("train and test", {"train/cat 3", "train/dog 2", "test/cat 1", "test/dog 1"}, "cat 3+1, dog 2+1");
    row("Training and Test", {"Training/cat 3", "Training/dog 2", "Test/cat 1", "Test/dog 1"},
        "cat 3+1, dog 2+1");
    row("TRAIN and VALID", {"TRAIN/cat 3", "TRAIN/dog 2", "VALID/cat 1", "VALID/dog 1"}, "cat 3+1, dog 2+1");
    row("train and dev", {"train/cat 3", "train/dog 2", "dev/cat 1", "dev/dog 1"}, "cat 3+1, dog 2+1");
    row("train and holdout", {"train/cat 3", "train/dog 2", "holdout/cat 1", "holdout/dog 1"},
        "cat 3+1, dog 2+1");
    row("Intel's",
        {"seg_train/seg_train/cat 3", "seg_train/seg_train/dog 2", "seg_test/seg_test/cat 1",
         "seg_test/seg_test/dog 1", "seg_pred/seg_pred 4"},
        "cat 3+1, dog 2+1");
    row("words of their own",
        {"train-horse-or-human/horses 3", "train-horse-or-human/humans 2",
         "validation-horse-or-human/horses 1", "validation-horse-or-human/humans 1"},
        "horses 3+1, humans 2+1");
    row("wrapped", {"photos/train/cat 3", "photos/train/dog 2", "photos/test/cat 1"}, "cat 3+1, dog 2+0");
    row("wrapped otherwise", {"archive/Train/cat 3", "archive/Train/dog 2", "archive/Test/cat 1"},
        "cat 3+1, dog 2+0");
    row("images", {"images/cat 3", "images/dog 2"}, "cat 3+0, dog 2+0");
    row("test before validation", {"train/cat 3", "train/dog 2", "val/cat 1", "test/dog 2"},
        "cat 3+0, dog 2+2");
    row("test images without classes", {"train/cat 3", "train/dog 2", "val/cat 1", "test/images 2"},
        "cat 3+1, dog 2+0");
    row("flat parts", {"train 3", "test 2"}, "- 3+2");
    row("images within classes", {"train/cat/images 3", "train/dog/images 2", "test/cat/images 1"},
        "cat 3+1, dog 2+0");
    row("splits within classes", {"cat/train 3", "cat/test 1", "dog/train 2", "dog/test 1"},
        "cat 3+1, dog 2+1");
    row("other folders beside the splits of classes",
        {"cat/train 3", "cat/test 1", "cat/ground_truth 4", "dog/train 2", "dog/test 1",
         "dog/ground_truth 4"},
        "cat 3+1, dog 2+1");
    row("an outer folder", {"PetImages/cat 3", "PetImages/dog 2"}, "cat 3+0, dog 2+0");
    row("an outer folder in train", {"train/animals/cat 3", "train/animals/dog 2", "test/animals/cat 1"},
        "cat 3+1, dog 2+0");
    row("train_val", {"train_val/cat 3", "train_val/dog 2", "test/cat 1"}, "cat 3+1, dog 2+0");
    row("words that others lack", {"train_256_standard/cat 3", "train_256_standard/dog 2", "val_256/cat 1"},
        "cat 3+1, dog 2+0");
    row("public and private", {"Training/cat 3", "Training/dog 2", "PublicTest/cat 1", "PrivateTest/cat 2"},
        "cat 3+2, dog 2+0");
    row("train alone", {"train/cat 3", "train/dog 2"}, "cat 3+0, dog 2+0");
    row("train is a class", {"train 3", "bus 2"}, "bus 2+0, train 3+0");
    row("the plain name counts", {"train/cat 3", "train/dog 1", "train_extra_images/cat 2", "test/cat 1"},
        "cat 3+1, dog 1+0");
}

void TestFolderLayouts::understands() {
    QFETCH(QStringList, folders);
    QFETCH(QString, expected);
    for (const QString &folder : folders)
        make(folder.section(' ', 0, -2).toStdString(), folder.section(' ', -1).toInt());
    const ImageListing listing = list();
    QCOMPARE(described(listing), expected.toStdString());
    for (std::uint32_t i = 1; i < listing.images->size(); ++i)
        QVERIFY(listing.images->name(i - 1) < listing.images->name(i));
}

void TestFolderLayouts::testClassesThatTrainingLacksAreLeftOut() {
    for (const char *name : {"cat", "dog", "ship"})
        make(std::string("train/") + name, 4);
    make("val/dog", 2);
    make("val/truck", 3);
    const ImageListing listing = list();
    QCOMPARE(described(listing), std::string("cat 4+0, dog 4+2, ship 4+0"));
    QVERIFY(hasNote(
        listing, "3 images below \"val\" are left out, because training has no such class: \"truck\" (3)"));
}

void TestFolderLayouts::namesEqualButForCaseAreTold() {
    make("train/cat", 4);
    make("train/dog", 4);
    make("test/Cat", 2);
    make("test/dog", 2);
    const ImageListing listing = list();
    QCOMPARE(described(listing), std::string("cat 4+0, dog 4+2"));
    QVERIFY(hasNote(listing, "\"Cat\" (2; differs only in case from \"cat\" of training)"));
    fs::rename(m_root / "test/dog", m_root / "test/DOG"); // no test images are left, and a note says so
    QCOMPARE(described(list()), std::string("cat 4+0, dog 4+0"));
    QVERIFY(hasNote(list(), "4 images below \"test\" are left out"));
    make("train/Dog", 1);
    QVERIFY(hasNote(list(), "\"Dog\" and \"dog\" differ only in case"));
}

/// train/WNID/images, val/images with val_annotations.txt, test/images without labels.
void TestFolderLayouts::tinyImageNet() {
    make("train/n01/images", 3);
    make("train/n02/images", 3);
    make("val/images", 4);
    make("test/images", 2);
    writeBytes(m_root / "train/n01/n01_boxes.txt", "0.png\t0\t0\t1\t1\n");
    writeBytes(
        m_root / "val/val_annotations.txt",
        "0.png\tn02\t0\t0\t1\t1\r\n1.png\tn01\t0\t0\t1\t1\n2.png\tn77\t0\t0\t1\t1\nmissing.png\tn01\t0\n");
    const ImageListing listing = list();
    QCOMPARE(described(listing), std::string("n01 3+1, n02 3+1"));
    QVERIFY(hasNote(listing,
                    "2 images below \"val\" are left out, because training has no such class: no known class "
                    "(1), \"n77\" (1)"));
    QVERIFY(hasNote(listing, "2 images below \"test\" are left out"));
}

void TestFolderLayouts::misunderstoodSplitsAreTold_data() {
    QTest::addColumn<QStringList>("folders");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("note");
    QTest::newRow("no training") << QStringList{"test", "val"} << "- 2+0"
                                 << "\"test\", \"val\" look like splits";
    QTest::newRow("several for training") << QStringList{"train_1", "train_2", "test"} << "- 3+0"
                                          << "several of them";
    QTest::newRow("other words") << QStringList{"trainA", "trainB", "testA", "testB"} << "- 4+0"
                                 << "look like splits";
    QTest::newRow("a test beside classes")
        << QStringList{"cat", "dog", "test"} << "cat 1+0, dog 1+0, test 1+0"
        << "\"test\" looks like a split";
    QTest::newRow("within some classes") << QStringList{"cat/train", "cat/test", "dog"} << "cat 2+0, dog 1+0"
                                         << "\"cat/test\" looks like a split";
}

void TestFolderLayouts::misunderstoodSplitsAreTold() {
    QFETCH(QStringList, folders);
    QFETCH(QString, expected);
    QFETCH(QString, note);
    for (const QString &folder : folders)
        make(folder.toStdString(), 1);
    const ImageListing listing = list();
    QCOMPARE(described(listing), expected.toStdString());
    QVERIFY(hasNote(listing, note.toStdString()));
}

void TestFolderLayouts::classesWithoutTestImagesAreTold() {
    make("train/cat", 2);
    make("train/dog", 2);
    make("test/cat", 2);
    QVERIFY(hasNote(list(), "no test images of the class \"dog\""));
}

void TestFolderLayouts::unlikelyClassesAreTold_data() {
    QTest::addColumn<QStringList>("folders");
    QTest::addColumn<QString>("note"); // empty: none
    QTest::newRow("masks") << QStringList{"images", "masks"} << "\"masks\" may not be a class";
    QTest::newRow("masks in train") << QStringList{"train/cat", "train/masks", "val/cat", "val/masks"}
                                    << "\"masks\" may not be a class";
    QTest::newRow("parts") << QStringList{"images_part_1", "images_part_2"} << "parts of one set of images";
    QTest::newRow("folds") << QStringList{"fold1", "fold2", "fold3"} << "parts of one set of images";
    QTest::newRow("classes") << QStringList{"cat", "dog"} << "";
    QTest::newRow("numbers") << QStringList{"0", "1", "2"} << "";
    QTest::newRow("WordNet") << QStringList{"n01440764", "n01443537"} << "";
}

void TestFolderLayouts::unlikelyClassesAreTold() {
    QFETCH(QStringList, folders);
    QFETCH(QString, note);
    for (const QString &folder : folders)
        make(folder.toStdString(), 2);
    const ImageListing listing = list();
    QCOMPARE(listing.notes.size(), std::size_t(note.isEmpty() ? 0 : 1));
    QVERIFY(note.isEmpty() || hasNote(listing, note.toStdString()));
}

SIMCLR_TEST(TestFolderLayouts)
#include "tst_folder_layouts.moc"
