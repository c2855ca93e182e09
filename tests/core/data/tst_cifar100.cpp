// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/generated_datasets.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestCifar100 : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void readsBothVersions_data();
    void readsBothVersions();
    void versionsAreTheSameDataset();
    void coarseLabelsAreAskedFor();
    void namesAreReadOrPublished();
    void readsOneFile();
    void staysInItsFile();
    void cifar10IsNotTakenForIt();
    void cifar10DecidesFolders();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void refusesWrongNames();
    void refusesOtherPickles();
};

namespace {

std::string source(const fs::path &path) {
    return "cifar100:" + path.native();
}

} // namespace

void TestCifar100::readsBothVersions_data() {
    QTest::addColumn<QString>("folder");
    QTest::newRow("binary") << "cifar-100-binary";
    QTest::newRow("Python") << "cifar-100-python";
}

void TestCifar100::readsBothVersions() {
    QFETCH(QString, folder);
    const DatasetPtr dataset = openDataset(generatedDataset(folder.toStdString()).native());
    const DatasetReport &report = dataset->report();
    QCOMPARE(report.kind, std::string("cifar100"));
    QCOMPARE(dataset->size(), 6u);
    QVERIFY(report.hasTestSplit && report.inMemory && report.largest.width == 32);
    QCOMPARE(report.classNames.size(), std::size_t{100});
    const int labels[]{0, 1, 2, 99, 4, 81};
    for (std::uint32_t sample = 0; sample < 6; ++sample) {
        QCOMPARE(dataset->label(sample), labels[sample]);
        QCOMPARE(dataset->isTestSample(sample), sample >= 4);
        const int number = static_cast<int>(sample < 4 ? sample : 100 + sample - 4);
        QVERIFY(dataset->image(sample) == generatedImage(number, 32, 3));
    }
    QCOMPARE(dataset->sampleName(5), std::string("test.bin#00001"));
}

void TestCifar100::versionsAreTheSameDataset() {
    const QTemporaryDir directory;
    const fs::path binary = copyOfGenerated("cifar-100-binary", folderOf(directory) / "cifar-100-binary");
    fs::remove(binary / "fine_label_names.txt");
    const DatasetPtr fromAbove = openDataset(folderOf(directory).native());
    QCOMPARE(fromAbove->fingerprint(),
             openDataset(generatedDataset("cifar-100-python").native())->fingerprint());
    QCOMPARE(openDataset(fromAbove->report().source)->fingerprint(), fromAbove->fingerprint());
}

void TestCifar100::coarseLabelsAreAskedFor() {
    const DatasetPtr dataset =
        openDataset("cifar100-coarse:" + generatedDataset("cifar-100-binary").native());
    QCOMPARE(dataset->report().classNames.size(), std::size_t{20});
    QCOMPARE(dataset->report().classNames[14], std::string("coarse_14"));
    const int labels[]{4, 1, 14, 4, 0, 19};
    for (std::uint32_t sample = 0; sample < 6; ++sample)
        QCOMPARE(dataset->label(sample), labels[sample]);
    QVERIFY(dataset->fingerprint() !=
            openDataset(generatedDataset("cifar-100-binary").native())->fingerprint());
    QCOMPARE(openDataset(dataset->report().source)->fingerprint(), dataset->fingerprint());
}

void TestCifar100::namesAreReadOrPublished() {
    QCOMPARE(openDataset(generatedDataset("cifar-100-binary").native())->report().classNames[81],
             std::string("fine_81"));
    QCOMPARE(openDataset(generatedDataset("cifar-100-python").native())->report().classNames[81],
             std::string("streetcar"));
}

void TestCifar100::readsOneFile() {
    const DatasetPtr dataset = openDataset((generatedDataset("cifar-100-binary") / "test.bin").native());
    QCOMPARE(dataset->size(), 2u);
    QVERIFY(!dataset->report().hasTestSplit);
}

/// Beyond the memory budget images are read when they are requested; a change of the file is noticed.
void TestCifar100::staysInItsFile() {
    const QTemporaryDir directory;
    const fs::path folder = copyOfGenerated("cifar-100-binary", folderOf(directory) / "copy");
    const DatasetPtr inMemory = openDataset(folder.native());
    const DatasetPtr dataset = openDataset(folder.native(), withoutMemory());
    QVERIFY(!dataset->report().inMemory);
    QVERIFY(haveSameSamples(*dataset, *inMemory));
    QCOMPARE(dataset->fingerprint(), inMemory->fingerprint());
    std::string bytes = readBytes(folder / "train.bin");
    bytes[3074 + 100] = static_cast<char>(bytes[3074 + 100] + 1);
    writeBytes(folder / "train.bin", bytes); // the same file, changed
    QVERIFY(dataset->image(0) == generatedImage(0, 32, 3));
    const std::string message = thrownMessage<ImagesChanged>([&] { dataset->image(1); });
    QVERIFY2(isClearMessage(message, "train.bin#00001 was changed"), message.c_str());
    fs::resize_file(folder / "train.bin", 1000);
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { dataset->image(3); }), "train.bin"));
    QVERIFY(inMemory->image(1) == generatedImage(1, 32, 3));
}

void TestCifar100::cifar10IsNotTakenForIt() {
    const QTemporaryDir directory;
    writeBytes(folderOf(directory) / "data_batch_1.bin", cifarRecords(10, 1));
    QCOMPARE(openDataset(folderOf(directory).native())->report().kind, std::string("cifar10"));
    QVERIFY(isClearMessage(refusalOf(source(folderOf(directory))), "contains no CIFAR-100 files"));
}

/// As the folder in which torchvision stores all of them; before there were other forms, it was CIFAR-10.
void TestCifar100::cifar10DecidesFolders() {
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory);
    copyOfGenerated("cifar-100-python", folder / "cifar-100-python");
    copyOfGenerated("MNIST", folder / "MNIST");
    QCOMPARE(openDataset(folder.native())->report().kind, std::string("cifar100"));
    writeBytes(folder / "cifar-10-batches-bin" / "data_batch_1.bin", std::string(3073, '\1'));
    QCOMPARE(openDataset(folder.native())->report().kind, std::string("cifar10"));
    QCOMPARE(openDataset(source(folder))->report().kind, std::string("cifar100"));
}

void TestCifar100::refusesBadFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    const std::string good = readBytes(generatedDataset("cifar-100-binary") / "train.bin");
    std::string wrongLabel = good;
    wrongLabel[3074 + 1] = 100;
    QTest::newRow("empty") << QByteArray() << "length is not a multiple of 3074";
    QTest::newRow("truncated") << QByteArray::fromStdString(good.substr(0, good.size() - 1))
                               << "length is not a multiple of 3074";
    QTest::newRow("label 100") << QByteArray::fromStdString(wrongLabel) << "a label is 100";
}

void TestCifar100::refusesBadFiles() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    const fs::path folder = copyOfGenerated("cifar-100-binary", folderOf(directory) / "copy");
    writeBytes(folder / "train.bin", bytes.toStdString());
    const std::string message = refusalOf(folder.native());
    QVERIFY2(isClearMessage(message, "train.bin is not a CIFAR-100 file") &&
                 contains(message, cause.toStdString()),
             message.c_str());
}

void TestCifar100::refusesWrongNames() {
    const QTemporaryDir directory;
    const fs::path folder = copyOfGenerated("cifar-100-binary", folderOf(directory) / "copy");
    writeBytes(folder / "fine_label_names.txt", "apple\npear\n");
    QVERIFY(isClearMessage(refusalOf(folder.native()), "are 2, but CIFAR-100 has 100"));
    writeBytes(folder / "fine_label_names.txt", "apple\npear\napple\n");
    QVERIFY(isClearMessage(refusalOf(folder.native()), "line 3: the class \"apple\" is named twice"));
}

void TestCifar100::refusesOtherPickles() {
    const QTemporaryDir directory;
    writeBytes(folderOf(directory) / "train", readBytes(dataFile("cifar10") / "python2"));
    const std::string message = refusalOf(source(folderOf(directory)));
    QVERIFY2(isClearMessage(
                 message, "is not a batch of CIFAR-100's Python version: its dict has no \"coarse_labels\""),
             message.c_str());
    std::string command = readBytes(generatedDataset("cifar-100-python") / "train");
    command.replace(2, 14, "cposix\nsystem\n");
    writeBytes(folderOf(directory) / "train", command);
    QVERIFY(isClearMessage(refusalOf(source(folderOf(directory))), "is not a batch of CIFAR-100"));
}

SIMCLR_TEST(TestCifar100)
#include "tst_cifar100.moc"
