// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/generated_datasets.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestStl10 : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void readsAllParts();
    void partsMayBeMissing_data();
    void partsMayBeMissing();
    void unlabelledAloneHasNoClasses();
    void refusesBadFiles_data();
    void refusesBadFiles();
};

void TestStl10::readsAllParts() {
    const DatasetPtr dataset = openDataset(generatedDataset("stl10_binary").native());
    const DatasetReport &report = dataset->report();
    QCOMPARE(report.kind, std::string("stl10"));
    QCOMPARE(dataset->size(), 7u);
    QCOMPARE(report.classNames[7], std::string("monkey"));
    QCOMPARE(report.classCounts, (std::vector<std::size_t>{2, 0, 2, 0, 0, 0, 0, 0, 0, 1}));
    const int labels[]{0, 9, 2, -1, -1, 2, 0};
    const int numbers[]{0, 1, 2, 200, 201, 100, 101};
    for (std::uint32_t sample = 0; sample < 7; ++sample) {
        QCOMPARE(dataset->label(sample), labels[sample]);
        QCOMPARE(dataset->isTestSample(sample), sample >= 5);
        QVERIFY(dataset->image(sample) == generatedImage(numbers[sample], 96, 3));
    }
    QCOMPARE(dataset->sampleName(4), std::string("unlabeled_X.bin#00001"));
    QVERIFY(haveSameSamples(*dataset, *openDataset(report.source, withoutMemory())));
}

void TestStl10::partsMayBeMissing_data() {
    QTest::addColumn<QString>("missing");
    QTest::addColumn<int>("images");
    QTest::newRow("training") << "train_X.bin" << 4;
    QTest::newRow("test") << "test_X.bin" << 5;
    QTest::newRow("unlabelled") << "unlabeled_X.bin" << 5;
    QTest::newRow("names") << "class_names.txt" << 7;
}

void TestStl10::partsMayBeMissing() {
    QFETCH(QString, missing);
    QFETCH(int, images);
    const QTemporaryDir directory;
    const fs::path folder = copyOfGenerated("stl10_binary", folderOf(directory) / "stl10_binary");
    fs::remove(folder / missing.toStdString());
    const DatasetPtr dataset = openDataset(folderOf(directory).native()); // the folder above
    QCOMPARE(static_cast<int>(dataset->size()), images);
    QCOMPARE(dataset->report().classNames[9], std::string("truck"));
}

void TestStl10::unlabelledAloneHasNoClasses() {
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory) / "stl";
    writeBytes(folder / "unlabeled_X.bin", readBytes(generatedDataset("stl10_binary") / "unlabeled_X.bin"));
    const DatasetPtr dataset = openDataset(folder.native());
    QVERIFY(!dataset->isLabelled() && dataset->size() == 2 && !dataset->report().hasTestSplit);
}

void TestStl10::refusesBadFiles_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    const QByteArray images =
        QByteArray::fromStdString(readBytes(generatedDataset("stl10_binary") / "train_X.bin"));
    QTest::newRow("truncated")
        << "train_X.bin" << images.chopped(1)
        << "train_X.bin is not a file of STL-10: its length is not a multiple of 27648";
    QTest::newRow("empty") << "unlabeled_X.bin" << QByteArray() << "unlabeled_X.bin is not a file of STL-10";
    QTest::newRow("few labels") << "train_y.bin" << QByteArray("\x01\x02")
                                << "train_y.bin has 2 labels, but there are 3 images";
    QTest::newRow("label 0") << "test_y.bin" << QByteArray("\x01\x00", 2)
                             << "test_y.bin is not a file of STL-10: a label is 0";
    QTest::newRow("label 11") << "test_y.bin" << QByteArray("\x0B\x01")
                              << "test_y.bin is not a file of STL-10: a label is 11";
    QTest::newRow("names") << "class_names.txt" << QByteArray("cat\ndog\n")
                           << "names 2 classes, but STL-10 has 10";
    QTest::newRow("no labels") << "train_y.bin" << QByteArray("delete") << "train_y.bin is missing";
}

void TestStl10::refusesBadFiles() {
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    const fs::path folder = copyOfGenerated("stl10_binary", folderOf(directory) / "copy");
    if (bytes == "delete")
        fs::remove(folder / file.toStdString());
    else
        writeBytes(folder / file.toStdString(), bytes.toStdString());
    const std::string message = refusalOf(folder.native());
    QVERIFY2(isClearMessage(message, cause.toStdString()), message.c_str());
}

SIMCLR_TEST(TestStl10)
#include "tst_stl10.moc"
