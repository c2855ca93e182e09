// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_source.h"
#include "core/data/splits.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestCifar10 : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void readsAllBatches();
    void readsOneFile();
    void knowsTheContentOfEachImage();
    void isRecognised();
    void fingerprintFollowsTheBytes();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void readsThePythonVersion_data();
    void readsThePythonVersion();
    void pythonVersionIsTheSameDataset();
    void refusesOtherPickles_data();
    void refusesOtherPickles();
};

namespace {

void writeCifar(const fs::path &folder) {
    for (std::uint32_t batch = 1; batch <= 5; ++batch)
        writeBytes(folder / ("data_batch_" + std::to_string(batch) + ".bin"), cifarRecords(20, 100 * batch));
    writeBytes(folder / "test_batch.bin", cifarRecords(10, 1000));
}

} // namespace

void TestCifar10::readsAllBatches() {
    const QTemporaryDir directory;
    writeCifar(folderOf(directory));
    const DatasetPtr dataset = openDataset("cifar10:" + folderOf(directory).native());
    const DatasetReport &report = dataset->report();
    QCOMPARE(report.kind, std::string("cifar10"));
    QCOMPARE(report.title, std::string("CIFAR-10"));
    QCOMPARE(report.images, std::size_t{110});
    QVERIFY(report.hasTestSplit && report.inMemory && report.largest.width == 32 &&
            report.smallest.height == 32);
    QCOMPARE(report.classNames.size(), std::size_t{10});
    QCOMPARE(report.classNames[0], std::string("airplane"));
    QCOMPARE(report.classNames[9], std::string("truck"));
    QVERIFY(report.classCounts == std::vector<std::size_t>(10, 11));
    for (std::uint32_t sample = 0; sample < dataset->size(); ++sample) {
        const std::uint32_t batch = sample / 20;
        const std::uint32_t seed = (batch < 5 ? 100 * (batch + 1) : 1000) + sample % 20;
        QVERIFY(dataset->image(sample) == noiseImage(32, 32, seed));
        QCOMPARE(dataset->label(sample), static_cast<int>(sample % 20 % 10));
        QCOMPARE(dataset->isTestSample(sample), sample >= 100);
    }
    QVERIFY(contains(dataset->sampleName(105), "test_batch"));
}

void TestCifar10::readsOneFile() {
    const QTemporaryDir directory;
    writeCifar(folderOf(directory));
    const DatasetPtr dataset = openDataset((folderOf(directory) / "data_batch_2.bin").native());
    QCOMPARE(dataset->size(), 20u);
    QVERIFY(dataset->image(3) == noiseImage(32, 32, 203));
    QVERIFY(!dataset->report().hasTestSplit);
}

/// Equal images are found in one source, and in images beside labelled ones.
void TestCifar10::knowsTheContentOfEachImage() {
    const QTemporaryDir directory;
    const fs::path all = folderOf(directory) / "all";
    const fs::path few = folderOf(directory) / "few";
    writeBytes(all / "data_batch_1.bin", cifarRecords(20, 100));
    writeBytes(all / "test_batch.bin", cifarRecords(10, 110)); // ten of them
    writeBytes(few / "data_batch_1.bin", cifarRecords(20, 100));
    const DatasetPtr dataset = openDataset("cifar10:" + all.native());
    QCOMPARE(dataset->contentOf(10), dataset->contentOf(20));
    QVERIFY(dataset->contentOf(0) != 0 && dataset->contentOf(0) != dataset->contentOf(1));
    QVERIFY(contains(toText(dataset->report().notes.at(0)), "10 test images are also training images"));
    const DatasetPtr joined = openDataset(toText(DataSource{all.native(), few.native(), {}}));
    const std::vector<Message> notes = makeSplits(*joined, {}).notes;
    QVERIFY(std::ranges::any_of(notes, [](const Message &note) {
        return contains(toText(note), "also among the images learned from");
    }));
}

void TestCifar10::isRecognised() {
    const QTemporaryDir directory;
    writeCifar(folderOf(directory));
    const DatasetPtr dataset = openDataset(folderOf(directory).native());
    QCOMPARE(dataset->report().kind, std::string("cifar10"));
    QCOMPARE(openDataset(dataset->report().source)->fingerprint(), dataset->fingerprint());
}

void TestCifar10::fingerprintFollowsTheBytes() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "data_batch_1.bin";
    std::string bytes = cifarRecords(10, 1);
    writeBytes(file, bytes);
    const std::string before = openDataset(file.native())->fingerprint();
    bytes[5000] = static_cast<char>(bytes[5000] + 1);
    writeBytes(file, bytes);
    QVERIFY(openDataset(file.native())->fingerprint() != before);
}

void TestCifar10::refusesBadFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    const std::string good = cifarRecords(3, 1);
    std::string wrongLabel = good;
    wrongLabel[3073] = 10;
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray::fromStdString(good.substr(0, good.size() - 1));
    QTest::newRow("a byte too many") << QByteArray::fromStdString(good + "x");
    QTest::newRow("label 10") << QByteArray::fromStdString(wrongLabel);
    QTest::newRow("text") << QByteArray("label,pixels\n");
}

void TestCifar10::refusesBadFiles() {
    QFETCH(QByteArray, bytes);
    const QTemporaryDir directory;
    writeCifar(folderOf(directory));
    writeBytes(folderOf(directory) / "data_batch_3.bin", bytes.toStdString());
    const std::string message =
        thrownMessage<InvalidInput>([&] { openDataset("cifar10:" + folderOf(directory).native()); });
    QVERIFY2(isClearMessage(message, "data_batch_3.bin is not a CIFAR-10 file"), message.c_str());
}

void TestCifar10::readsThePythonVersion_data() {
    QTest::addColumn<QString>("file");
    for (const char *file : {"python2", "protocol2", "protocol4", "protocol5"})
        QTest::newRow(file) << file;
}

/// The files are described in tests/data/cifar10/make_batches.py.
void TestCifar10::readsThePythonVersion() {
    QFETCH(QString, file);
    const QTemporaryDir directory;
    const std::string batch = readBytes(dataFile("cifar10") / file.toStdString());
    writeBytes(folderOf(directory) / "data_batch_1", batch);
    writeBytes(folderOf(directory) / "test_batch", batch);
    writeBytes(folderOf(directory) / "batches.meta", "is ignored");
    const DatasetPtr dataset = openDataset(folderOf(directory).native());
    QCOMPARE(dataset->report().kind, std::string("cifar10"));
    QCOMPARE(dataset->size(), 4u);
    QVERIFY(!dataset->isTestSample(1) && dataset->isTestSample(2));
    QVERIFY(dataset->label(0) == 3 && dataset->label(1) == 9);
    const Image image = dataset->image(1);
    for (int i = 0; i < 1024; ++i) {
        const auto byteAt = [](int at) { return (7 * at + 100) % 256; };
        QCOMPARE(pixel(image, i % 32, i / 32), (Rgb{byteAt(i), byteAt(1024 + i), byteAt(2048 + i)}));
    }
}

void TestCifar10::pythonVersionIsTheSameDataset() {
    const QTemporaryDir directory;
    const fs::path python = folderOf(directory) / "cifar-10-batches-py" / "data_batch_1";
    writeBytes(python, readBytes(dataFile("cifar10") / "python2"));
    std::string records;
    for (int n = 0; n < 2; ++n) {
        records += static_cast<char>(n == 0 ? 3 : 9);
        for (int i = 0; i < 3072; ++i)
            records += static_cast<char>((7 * i + 100 * n) % 256);
    }
    writeBytes(folderOf(directory) / "binary" / "data_batch_1.bin", records);
    const DatasetPtr dataset = openDataset(folderOf(directory).native()); // the folder above
    QCOMPARE(dataset->fingerprint(), openDataset((folderOf(directory) / "binary").native())->fingerprint());
    QCOMPARE(openDataset(python.native())->size(), 2u);
    QCOMPARE(openDataset(dataset->report().source)->size(), 2u);
}

void TestCifar10::refusesOtherPickles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const std::string &bytes, const char *cause) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << cause;
    };
    for (const auto &[file, cause] : {std::pair("cifar100", "CIFAR-100"),
                                      {"floats", "not a row-major NumPy array of bytes"},
                                      {"few_labels", "1 labels and 6144 bytes"}})
        row(file, readBytes(dataFile("cifar10") / file), cause);
    row("a number", "\x80\x02K\x07.", "contains no dict");
    row("an empty dict", "\x80\x02}.", "has no \"data\"");
    row("cut off", readBytes(dataFile("cifar10") / "python2").substr(0, 3000), "is truncated");
    row("a command", readBytes(dataFile("cifar10") / "protocol2").replace(6, 14, "cposix\nsystem\n"), "");
}

void TestCifar10::refusesOtherPickles() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    writeBytes(folderOf(directory) / "data_batch_1", bytes.toStdString());
    const std::string message =
        thrownMessage<InvalidInput>([&] { openDataset(folderOf(directory).native()); });
    QVERIFY2(isClearMessage(message, "data_batch_1 is not a batch of CIFAR-10's Python version") &&
                 contains(message, cause.toStdString()),
             message.c_str());
}

SIMCLR_TEST(TestCifar10)
#include "tst_cifar10.moc"
