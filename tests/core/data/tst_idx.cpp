// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/generated_datasets.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestIdx : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void readsPlainAndPackedFiles_data();
    void readsPlainAndPackedFiles();
    void packingDoesNotChangeTheDataset();
    void otherSpellingsAreKnown();
    void oneFileChoosesItsDataset();
    void labelsMayBeMissing();
    void classesMayHaveNames();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void refusesBadPackedFiles_data();
    void refusesBadPackedFiles();
};

namespace {

/// The published names of MNIST in `folder`.
fs::path mnistIn(const fs::path &folder) {
    return copyOfGenerated("MNIST/raw", folder);
}

} // namespace

void TestIdx::readsPlainAndPackedFiles_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("first");
    QTest::newRow("plain") << "MNIST" << 0;
    QTest::newRow("packed") << "FashionMNIST" << 50;
}

void TestIdx::readsPlainAndPackedFiles() {
    QFETCH(QString, folder);
    QFETCH(int, first);
    for (const OpenOptions &options : {OpenOptions(), withoutMemory()}) {
        const DatasetPtr dataset = openDataset(generatedDataset(folder.toStdString()).native(), options);
        const DatasetReport &report = dataset->report();
        QCOMPARE(report.kind, std::string("idx"));
        QCOMPARE(report.title, folder.toStdString());
        QCOMPARE(dataset->size(), 6u);
        QCOMPARE(report.classNames.size(), std::size_t{10});
        const int labels[]{5, 0, 4, 9, 7, 2};
        for (std::uint32_t sample = 0; sample < 6; ++sample) {
            const int number = first + static_cast<int>(sample < 4 ? sample : 20 + sample - 4);
            QVERIFY(dataset->image(sample) == generatedImage(number, 28, 1));
            QCOMPARE(dataset->label(sample), labels[sample]);
            QCOMPARE(dataset->isTestSample(sample), sample >= 4);
        }
    }
}

void TestIdx::packingDoesNotChangeTheDataset() {
    const QTemporaryDir directory;
    const fs::path folder = mnistIn(folderOf(directory) / "plain");
    const std::string plain = openDataset(folder.native())->fingerprint();
    QCOMPARE(openDataset((generatedDataset("MNIST")).native())->fingerprint(), plain);
    std::string bytes = readBytes(folder / "train-images-idx3-ubyte");
    bytes.back() = static_cast<char>(bytes.back() + 1);
    writeBytes(folder / "train-images-idx3-ubyte", bytes);
    QVERIFY(openDataset(folder.native())->fingerprint() != plain);
}

void TestIdx::otherSpellingsAreKnown() {
    const QTemporaryDir directory;
    const fs::path folder = mnistIn(folderOf(directory) / "dots");
    fs::rename(folder / "train-images-idx3-ubyte", folder / "train-images.idx3-ubyte");
    fs::rename(folder / "train-labels-idx1-ubyte", folder / "train-labels.idx1-ubyte");
    fs::rename(folder / "t10k-images-idx3-ubyte", folder / "test-images-idx3-ubyte");
    fs::rename(folder / "t10k-labels-idx1-ubyte", folder / "test-labels-idx1-ubyte");
    QVERIFY(haveSameSamples(*openDataset(folder.native()), *openDataset(generatedDataset("MNIST").native())));
}

void TestIdx::oneFileChoosesItsDataset() {
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory);
    for (const fs::directory_entry &entry : fs::directory_iterator(generatedDataset("MNIST/raw")))
        for (const char *prefix : {"emnist-letters-", "emnist-digits-"})
            fs::copy(entry.path(), folder / (prefix + entry.path().filename().native()));
    const DatasetPtr dataset = openDataset((folder / "emnist-letters-t10k-images-idx3-ubyte").native());
    QCOMPARE(dataset->size(), 6u);
    const std::string message = refusalOf("idx:" + folder.native());
    QVERIFY2(isClearMessage(message, "IDX files of 2 datasets"), message.c_str());
    QVERIFY(isClearMessage(refusalOf("idx:" + (folder / "x.png").parent_path().native() + "/none"), "none"));
}

void TestIdx::labelsMayBeMissing() {
    const QTemporaryDir directory;
    const fs::path folder = mnistIn(folderOf(directory) / "copy");
    fs::remove(folder / "train-labels-idx1-ubyte");
    fs::remove(folder / "t10k-labels-idx1-ubyte");
    const DatasetPtr dataset = openDataset(folder.native());
    QVERIFY(!dataset->isLabelled() && dataset->size() == 6 && dataset->report().hasTestSplit);
}

void TestIdx::classesMayHaveNames() {
    const QTemporaryDir directory;
    const fs::path folder = mnistIn(folderOf(directory) / "copy");
    writeBytes(folder / "classes.txt", "a\r\nb\r\nc\r\nd\r\ne\r\nf\r\ng\r\nh\r\ni\r\nj\r\nk\r\n\r\n");
    const DatasetPtr dataset = openDataset(folder.native());
    QCOMPARE(dataset->report().classNames.size(), std::size_t{11});
    QCOMPARE(dataset->report().classNames[9], std::string("j"));
    writeBytes(folder / "classes.txt", "a\nb\n");
    QVERIFY(isClearMessage(refusalOf(folder.native()), "are 2, but the largest label is 9"));
}

void TestIdx::refusesBadFiles_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    const fs::path folder = generatedDataset("MNIST/raw");
    const QByteArray images = QByteArray::fromStdString(readBytes(folder / "train-images-idx3-ubyte"));
    const QByteArray labels = QByteArray::fromStdString(readBytes(folder / "train-labels-idx1-ubyte"));
    const QString imageFile = "train-images-idx3-ubyte";
    const QString labelFile = "train-labels-idx1-ubyte";
    QTest::newRow("empty") << imageFile << QByteArray() << "is truncated: its header is incomplete";
    QTest::newRow("half a header") << imageFile << images.first(10)
                                   << "is truncated: its header is incomplete";
    QTest::newRow("truncated") << imageFile << images.chopped(1) << "has 3151 bytes instead of the 3152";
    QTest::newRow("longer") << imageFile << images + "x"
                            << "has 3153 bytes instead of the 3152";
    QTest::newRow("labels as images") << imageFile << labels + labels << "is no IDX file of images";
    QTest::newRow("images as labels") << labelFile << images << "is no IDX file of labels";
    QTest::newRow("no pixels") << imageFile << images.first(12) + QByteArray(4, '\0') << "0 × 28 pixels";
    QTest::newRow("huge") << imageFile
                          << images.first(4) +
                                 QByteArray("\xFF\xFF\xFF\xFF\x00\x00\xFF\xFF\x00\x00\xFF\xFF", 12)
                          << "that its header announces";
    QTest::newRow("too wide") << imageFile << images.first(8) + QByteArray(8, '\xFF') << "pixels";
    QByteArray fewer = labels.chopped(1);
    fewer[7] = 3;
    QTest::newRow("few labels") << labelFile << fewer << "has 3 labels, but there are 4 images";
    QTest::newRow("truncated labels") << labelFile << labels.chopped(1) << "has 11 bytes instead of the 12";
}

void TestIdx::refusesBadFiles() {
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    const fs::path folder = mnistIn(folderOf(directory) / "copy");
    writeBytes(folder / file.toStdString(), bytes.toStdString());
    const std::string message = refusalOf(folder.native());
    QVERIFY2(isClearMessage(message, cause.toStdString()) && contains(message, file.toStdString()),
             message.c_str());
}

void TestIdx::refusesBadPackedFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    const QByteArray good = QByteArray::fromStdString(
        readBytes(generatedDataset("FashionMNIST/raw") / "train-images-idx3-ubyte.gz"));
    QByteArray corrupt = good;
    corrupt[300] = static_cast<char>(corrupt[300] ^ 0x55);
    QTest::newRow("empty") << QByteArray() << "is truncated";
    QTest::newRow("truncated") << good.chopped(200) << "is truncated";
    QTest::newRow("not packed") << QByteArray(100, 'x') << "has corrupt packed data";
    QTest::newRow("corrupt") << corrupt << "train-images-idx3-ubyte.gz";
    const QByteArray packedHeader("\x1F\x8B\x08\0\0\0\0\0\0\xFF"                // gzip
                                  "\x01\x10\0\xEF\xFF"                          // 16 bytes follow
                                  "\0\0\x08\x03\0\x01\0\0\0\0\x01\0\0\0\x01\0", // 65536 × 256 × 256
                                  31);
    QTest::newRow("a bomb") << packedHeader << "as a decompression bomb does";
    QTest::newRow("two files in one") << good + good << "unpacks to more than the expected 3152 bytes";
}

void TestIdx::refusesBadPackedFiles() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    const fs::path folder = copyOfGenerated("FashionMNIST/raw", folderOf(directory) / "copy");
    writeBytes(folder / "train-images-idx3-ubyte.gz", bytes.toStdString());
    const std::string message = refusalOf(folder.native());
    QVERIFY2(isClearMessage(message, cause.toStdString()), message.c_str());
}

SIMCLR_TEST(TestIdx)
#include "tst_idx.moc"
