// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/generated_datasets.h"
#include "tests/support/zip_writer.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestNpz : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void readsMedMnist_data();
    void readsMedMnist();
    void validationImagesAreTold();
    void readsOtherForms_data();
    void readsOtherForms();
    void severalLabelsAreNotUsed();
    void minusOneIsNoLabel();
    void staysInItsFile();
    void fortranOrderNeedsNoMemory();
    void testImagesWithoutLabelsAreNoSplit();
    void refusesOtherArrays_data();
    void refusesOtherArrays();
    void refusesWrongShapes_data();
    void refusesWrongShapes();
    void refusesDamagedFiles_data();
    void refusesDamagedFiles();
};

namespace {

fs::path npz(const QString &name) {
    return generatedDataset("npz") / (name.toStdString() + ".npz");
}

/// A .npy file of format version 1.0.
std::string npy(const std::string &descr, const std::string &shape, const std::string &values) {
    std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    header.resize(117, ' ');
    return std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header + "\n" + values;
}

/// An archive with images of 2 × 2 grey pixels and these labels.
std::string archive(const std::string &images, const std::string &labels,
                    const std::string &prefix = "train") {
    ZipWriter writer;
    writer.add(prefix + "_images.npy", images);
    writer.add(prefix + "_labels.npy", labels);
    return writer.finish();
}

const std::string threeImages = npy("|u1", "3, 2, 2", "abcdefghijkl");

} // namespace

void TestNpz::readsMedMnist_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("channels");
    QTest::newRow("grey, deflated") << "breastmnist" << 1;
    QTest::newRow("RGB, stored") << "pathmnist" << 3;
}

void TestNpz::readsMedMnist() {
    QFETCH(QString, name);
    QFETCH(int, channels);
    for (const OpenOptions &options : {OpenOptions(), withoutMemory()}) {
        const DatasetPtr dataset = openDataset(npz(name).native(), options);
        QCOMPARE(dataset->report().kind, std::string("npz"));
        QCOMPARE(dataset->report().title, name.toStdString());
        QCOMPARE(dataset->size(), 9u);
        QCOMPARE(dataset->report().classNames, (std::vector<std::string>{"0", "1", "2"}));
        const int labels[]{0, 1, 2, 1, 2, 0, 1, 2, 0};
        const int numbers[]{0, 1, 2, 3, 10, 11, 20, 21, 22};
        for (std::uint32_t sample = 0; sample < 9; ++sample) {
            QVERIFY(dataset->image(sample) == generatedImage(numbers[sample], 28, channels));
            QCOMPARE(dataset->label(sample), labels[sample]);
            QCOMPARE(dataset->isTestSample(sample), sample >= 6);
        }
        QCOMPARE(dataset->sampleName(4), std::string("val_images#00000"));
    }
}

void TestNpz::validationImagesAreTold() {
    const DatasetPtr dataset = openDataset(npz("pathmnist").native());
    QCOMPARE(dataset->report().notes.size(), std::size_t{1});
    QVERIFY(contains(toText(dataset->report().notes.front()),
                     "2 images of the source's validation part are used like training images"));
}

void TestNpz::readsOtherForms_data() {
    QTest::addColumn<QString>("name");
    for (const char *name : {"fortran", "big_endian", "version2", "version3"})
        QTest::newRow(name) << name;
}

void TestNpz::readsOtherForms() {
    QFETCH(QString, name);
    const DatasetPtr dataset = openDataset(npz(name).native());
    QCOMPARE(dataset->size(), 9u);
    QCOMPARE(dataset->fingerprint(), openDataset(npz("version2").native())->fingerprint());
    const DatasetPtr keras = openDataset(npz("keras").native());
    QCOMPARE(keras->size(), 7u);
    for (const std::uint32_t sample : {0u, 3u}) {
        QVERIFY(dataset->image(sample) == generatedImage(static_cast<int>(sample), 8, 3));
        QVERIFY(keras->image(sample) == dataset->image(sample) &&
                keras->label(sample) == dataset->label(sample));
    }
    QVERIFY(keras->isTestSample(4) && keras->image(4) == generatedImage(20, 8, 3));
}

void TestNpz::severalLabelsAreNotUsed() {
    const DatasetPtr dataset = openDataset(npz("several_labels").native());
    QVERIFY(!dataset->isLabelled() && dataset->size() == 9);
    QCOMPARE(
        toText(dataset->report().notes.front()),
        std::string("The labels \"train_labels\" have 14 columns and are not used: an image has one class"));
}

void TestNpz::minusOneIsNoLabel() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "a.npz";
    writeBytes(file, archive(threeImages, npy("|i1", "3,", std::string("\x01\xFF\x00", 3))));
    const DatasetPtr dataset = openDataset(file.native());
    QCOMPARE(dataset->label(0), 1);
    QCOMPARE(dataset->label(1), -1);
    QCOMPARE(dataset->label(2), 0);
}

void TestNpz::staysInItsFile() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "path.npz";
    fs::copy(npz("pathmnist"), file);
    const DatasetPtr dataset = openDataset(file.native(), withoutMemory());
    QVERIFY(!dataset->report().inMemory);
    std::string bytes = readBytes(file);
    for (std::size_t at = 0; (at = bytes.find("\x93NUMPY", at)) != std::string::npos; at += 200)
        bytes[at + 128] = static_cast<char>(bytes[at + 128] + 1); // the first value of every array
    writeBytes(file, bytes);
    QVERIFY(isClearMessage(thrownMessage<ImagesChanged>([&] { dataset->image(0); }), "train_images#00000"));
    QVERIFY(dataset->image(1) == generatedImage(1, 28, 3));
}

void TestNpz::fortranOrderNeedsNoMemory() {
    const DatasetPtr dataset = openDataset(npz("fortran").native(), withoutMemory());
    QVERIFY(!dataset->report().inMemory);
    QCOMPARE(dataset->fingerprint(), openDataset(npz("version2").native())->fingerprint());
    for (const std::uint32_t sample : {0u, 3u})
        QVERIFY(dataset->image(sample) == generatedImage(static_cast<int>(sample), 8, 3));
}

/// As when the file has no labels for the images of the test arrays.
void TestNpz::testImagesWithoutLabelsAreNoSplit() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "a.npz";
    ZipWriter writer;
    writer.add("train_images.npy", threeImages);
    writer.add("train_labels.npy", npy("|u1", "3,", std::string("\0\1\0", 3)));
    writer.add("test_images.npy", threeImages);
    writeBytes(file, writer.finish());
    const DatasetPtr dataset = openDataset(file.native());
    QVERIFY(dataset->isTestSample(3) && dataset->size() == 6);
    QVERIFY(!dataset->report().hasTestSplit);
}

void TestNpz::refusesOtherArrays_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("cause");
    QTest::newRow("objects") << "objects"
                             << "contains pickled Python objects, which are never run";
    QTest::newRow("floats") << "floats"
                            << "train_images, which has values of another type than 8-bit";
    QTest::newRow("records") << "records"
                             << "consists of records with named fields";
    QTest::newRow("volumes") << "volumes"
                             << "has the shape 2 × 8 × 8 × 8 instead of";
}

void TestNpz::refusesOtherArrays() {
    QFETCH(QString, name);
    QFETCH(QString, cause);
    const std::string message = refusalOf(npz(name).native());
    QVERIFY2(isClearMessage(message, cause.toStdString()) &&
                 contains(message, name.toStdString() + ".npz contains"),
             message.c_str());
}

void TestNpz::refusesWrongShapes_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const std::string &file, const char *cause) {
        QTest::newRow(name) << QByteArray::fromStdString(file) << cause;
    };
    const std::string labels = npy("|u1", "3,", std::string("\0\1\0", 3));
    row("few labels", archive(threeImages, npy("|u1", "2,", std::string("\0\1", 2))),
        "train_labels, which has 2 labels, but there are 3 images");
    row("decimal labels", archive(threeImages, npy("<f4", "3,", std::string(12, '\0'))),
        "train_labels, which has values of another type than whole numbers");
    row("a negative label", archive(threeImages, npy("|i1", "3,", std::string("\0\1\xFE", 3))),
        "the label -2");
    row("a huge label", archive(threeImages, npy("<u8", "3,", std::string(23, '\0') + "\x80")), "the label ");
    row("labels in a table", archive(threeImages, npy("|u1", "1, 3", "abc")), "has the shape 1 × 3");
    row("one number", archive(npy("|u1", "", "a"), labels), "has the shape of one number");
    row("no pixels", archive(npy("|u1", "3, 0, 2", ""), labels), "images of 2 × 0 pixels");
    row("too wide", archive(npy("|u1", "1, 1, 70000", std::string(70000, 'a')), labels), "70000 × 1 pixels");
    row("no images", archive(npy("|u1", "0, 2, 2", ""), npy("|u1", "0,", "")), "contains no images");
    row("shape and bytes", archive(npy("|u1", "4, 2, 2", "abc"), labels),
        "shape does not match its number of bytes");
    row("endless shape", archive(npy("|u1", "99999999999, 99999999999, 3", "abc"), labels),
        "larger than any file");
    row("overflow", archive(npy("|u1", "18446744073709551615, 2, 2", "abc"), labels), "larger than any file");
    row("no header", archive("text", labels), "does not begin like a .npy file");
    row("text", archive(npy("<U3", "3,", std::string(36, 'a')), labels), "of the type \"<U3\", not numbers");
    row("version 9", archive(std::string("\x93NUMPY\x09\x00\x00\x00", 10), labels),
        "unknown format version 9");
    row("an endless header", archive(std::string("\x93NUMPY\x02\x00\xFF\xFF\xFF\x7F", 12), labels),
        "too long");
    row("a call", archive(std::string("\x93NUMPY\x01\x00\x10\x00", 10) + "__import__('os')", labels),
        "header is damaged");
    row("other names", archive(threeImages, labels, "other"),
        "contains no array train_images, x_train or images, but "
        "other_images.npy, other_labels.npy");
}

void TestNpz::refusesWrongShapes() {
    QFETCH(QByteArray, file);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    const fs::path path = folderOf(directory) / "a.npz";
    writeBytes(path, file.toStdString());
    const std::string message = refusalOf(path.native());
    QVERIFY2(isClearMessage(message, cause.toStdString()), message.c_str());
}

void TestNpz::refusesDamagedFiles_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("cause");
    const QByteArray good = QByteArray::fromStdString(readBytes(npz("breastmnist")));
    QByteArray corrupt = good;
    corrupt.replace(100, 200, QByteArray(200, '\xFF'));
    QTest::newRow("empty") << QByteArray() << "ZIP directory is missing or corrupt";
    QTest::newRow("text") << QByteArray(100, 'x') << "ZIP directory is missing or corrupt";
    QTest::newRow("end cut off") << good.chopped(30) << "ZIP directory is missing or corrupt";
    QTest::newRow("start cut off") << good.mid(500) << "ZIP directory is missing or corrupt";
    QTest::newRow("corrupt member") << corrupt << "has corrupt packed data";
}

void TestNpz::refusesDamagedFiles() {
    QFETCH(QByteArray, file);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    const fs::path path = folderOf(directory) / "a.npz";
    writeBytes(path, file.toStdString());
    const std::string message = refusalOf(path.native());
    QVERIFY2(isClearMessage(message, cause.toStdString()), message.c_str());
}

SIMCLR_TEST(TestNpz)
#include "tst_npz.moc"
