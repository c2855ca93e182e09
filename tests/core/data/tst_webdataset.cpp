// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"
#include "core/util/error.h"
#include "tests/core/data/archive_writer.h"

#include <algorithm>
#include <optional>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

using Format = ArchiveWriter::Format;

class TestWebdataset : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void isRecognised();
    void unlabelledShardsAreRecognised();
    void imagesBesideShardsAreAFolder();
    void labelsAreNumbers();
    void classFileNamesTheNumbers();
    void numberWithoutNameIsRefused();
    void nameOfTwoClassesIsRefused();
    void labelsInJson();
    void textsAreClassesOrCaptions();
    void captionsBesideLabels();
    void equalsTheFolder();
    void partsByNameOrFolder_data();
    void partsByNameOrFolder();
    void slashAtTheEndChangesNothing();
    void unlabelledShards();
    void labelsOfTestImagesOnly();
    void repeatedKeysGetTheNameOfTheShard();
    void furtherImagesAreLeftOut();
    void damagedShardIsReported();
    void compressedShardIsReported();
    void shardMayVanish();
    void invalidJsonIsReported();

  private:
    DatasetPtr open(std::uintmax_t memoryBudget = 1u << 30) const {
        OpenOptions options;
        options.memoryBudget = memoryBudget;
        return openDataset(m_root.native(), options);
    }
    /// Samples KEY.png and KEY.EXTENSION with these texts; keys are `first`, `first` + 1, …
    void writeShard(const std::string &name, const std::vector<std::string> &texts, int first = 0,
                    const std::string &extension = "cls") const {
        ArchiveWriter writer(m_root / name, Format::Ustar);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const int key = first + static_cast<int>(i);
            writer.add(std::to_string(1000 + key) + ".png",
                       noisePng(*m_directory, static_cast<std::uint32_t>(key)));
            writer.add(std::to_string(1000 + key) + "." + extension, texts[i]);
        }
        writer.finish();
    }

    std::optional<QTemporaryDir> m_directory;
    fs::path m_root;
};

namespace {

using Strings = std::vector<std::string>;

std::vector<int> labelsOf(const Dataset &dataset) {
    std::vector<int> labels;
    for (std::uint32_t i = 0; i < dataset.size(); ++i)
        labels.push_back(dataset.label(i));
    return labels;
}

int testImagesOf(const Dataset &dataset) {
    int count = 0;
    for (std::uint32_t i = 0; i < dataset.size(); ++i)
        count += dataset.isTestSample(i) ? 1 : 0;
    return count;
}

bool hasNote(const Dataset &dataset, const std::string &part) {
    return std::ranges::any_of(dataset.report().notes,
                               [&](const Message &note) { return contains(toText(note), part); });
}

} // namespace

void TestWebdataset::init() {
    m_directory.emplace();
    m_root = folderOf(*m_directory) / "shards";
    fs::create_directory(m_root);
}

void TestWebdataset::isRecognised() {
    writeShard("a-000.tar", {"0", "1"});
    QCOMPARE(open()->report().kind, std::string("webdataset"));
    QCOMPARE(open()->report().source, "webdataset:" + m_root.native());
    QCOMPARE(openDataset((m_root / "a-000.tar").native())->report().kind, std::string("webdataset"));
    writeNoiseFolder(m_root / "photos", 2, 8, 1);
    QCOMPARE(openDataset((m_root / "photos").native())->report().kind, std::string("folder"));
    ArchiveWriter plain(m_root / "photos.tar", Format::Ustar);
    plain.add("1.png", noisePng(*m_directory, 1));
    plain.add("2.txt", "about something else");
    plain.finish();
    QCOMPARE(openDataset((m_root / "photos.tar").native())->report().kind, std::string("archive"));
}

/// They look like any archive, so that their names need numbers.
void TestWebdataset::unlabelledShardsAreRecognised() {
    ArchiveWriter writer(m_root / "train-000000.tar", Format::Ustar);
    writer.add("1.png", noisePng(*m_directory, 1));
    writer.add("2.png", noisePng(*m_directory, 2));
    writer.finish();
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->report().kind, std::string("webdataset"));
    QVERIFY(dataset->size() == 2 && !dataset->isLabelled());
    writeNoiseFolder(m_root / "cat", 2, 8, 1);
    QCOMPARE(open()->report().kind, std::string("folder"));
    fs::remove_all(m_root / "cat");
    fs::rename(m_root / "train-000000.tar", m_root / "backup.tar");
    thrownMessage<InvalidInput>([&] { open(); });
}

void TestWebdataset::imagesBesideShardsAreAFolder() {
    writeShard("a.tar", {"0", "1"});
    writeBytes(m_root / "1.png", noisePng(*m_directory, 1));
    QCOMPARE(open()->report().kind, std::string("folder"));
    fs::rename(m_root / "1.png", m_root / ".1.png");
    QCOMPARE(open()->report().kind, std::string("webdataset"));
}

/// Sorted by key over all shards; numbers are sorted as numbers.
void TestWebdataset::labelsAreNumbers() {
    writeShard("b.tar", {"10\n", "2"}, 0);
    writeShard("a.tar", {" 2 ", "10", "0"}, 2);
    const DatasetPtr dataset = open();
    QVERIFY((dataset->report().classNames == Strings{"0", "2", "10"}));
    QVERIFY((labelsOf(*dataset) == std::vector{2, 1, 1, 2, 0}));
    QCOMPARE(dataset->sampleName(0), std::string("1000.png"));
    for (std::uint32_t i = 0; i < 5; ++i)
        QVERIFY(dataset->image(i) == noiseImage(8, 8, i));
}

void TestWebdataset::classFileNamesTheNumbers() {
    writeShard("a.tar", {"2", "0", "2"});
    writeBytes(m_root / "classes.txt", "dog\r\nunused\r\ncat\r\n");
    const DatasetPtr dataset = open();
    QVERIFY((dataset->report().classNames == Strings{"cat", "dog"}));
    QVERIFY((labelsOf(*dataset) == std::vector{0, 1, 0}));
}

void TestWebdataset::numberWithoutNameIsRefused() {
    writeShard("a.tar", {"2", "0"});
    writeBytes(m_root / "classes.txt", "dog\ncat\n");
    const std::string message = thrownMessage<InvalidInput>([&] { open(); });
    QVERIFY2(isClearMessage(message, "classes.txt"), message.c_str());
}

void TestWebdataset::nameOfTwoClassesIsRefused() {
    writeShard("a.tar", {"2", "0"});
    writeBytes(m_root / "classes.txt", "dog\ncat\ndog\n");
    const std::string message = thrownMessage<InvalidInput>([&] { open(); });
    QVERIFY2(isClearMessage(message, "\"dog\" for two classes"), message.c_str());
}

void TestWebdataset::labelsInJson() {
    writeShard("a.tar", {R"({"label": 3})", R"({"label": "cat", "x": 1})", R"({"other": 1})", "[1]"}, 0,
               "json");
    const DatasetPtr dataset = open();
    QVERIFY((dataset->report().classNames == Strings{"3", "cat"}));
    QVERIFY((labelsOf(*dataset) == std::vector{0, 1, -1, -1}));
}

void TestWebdataset::textsAreClassesOrCaptions() {
    writeShard("a.tar", {"cat", "dog", "cat", "dog", "cat"}, 0, "txt");
    QVERIFY((open()->report().classNames == Strings{"cat", "dog"}));
    writeShard("a.tar", {"a cat", "a dog", "a cat on a mat", "a dog", "a bird"}, 0, "txt");
    const DatasetPtr dataset = open();
    QVERIFY(!dataset->isLabelled() && hasNote(*dataset, "not used as classes"));
}

/// Only labels that are texts can be captions.
void TestWebdataset::captionsBesideLabels() {
    writeShard("a.tar", {"0", "1", "0"}, 0);
    writeShard("b.tar", {"a cat", "a dog", "a bird", "a cat on a mat"}, 10, "txt");
    const DatasetPtr dataset = open();
    QVERIFY(hasNote(*dataset, "not used as classes"));
    QVERIFY((labelsOf(*dataset) == std::vector{0, 1, 0, -1, -1, -1, -1}));
}

/// Keys with folders are the names of a folder's images, so that the fingerprint is the same.
void TestWebdataset::equalsTheFolder() {
    const fs::path photos = folderOf(*m_directory) / "photos";
    ArchiveWriter train(m_root / "train-0.tar", Format::Ustar);
    ArchiveWriter test(m_root / "test-0.tar", Format::Ustar);
    std::uint32_t seed = 1;
    for (const std::string part : {"train", "test"})
        for (const std::string label : {"dog", "cat"})
            for (const std::string number : {"1", "2"}) {
                const std::string key = part + "/" + label + "/" + number;
                const std::string bytes = noisePng(*m_directory, ++seed);
                writeBytes(photos / (key + ".png"), bytes);
                ArchiveWriter &writer = part == "train" ? train : test;
                writer.add(key + ".png", bytes);
                writer.add(key + ".cls", label == "dog" ? "1" : "0");
            }
    train.finish();
    test.finish();
    writeBytes(m_root / "classes.txt", "cat\ndog\n");
    const DatasetPtr folder = openDataset(photos.native());
    const DatasetPtr shards = open();
    QCOMPARE(shards->size(), 8u);
    QVERIFY(labelsOf(*shards) == labelsOf(*folder));
    QCOMPARE(shards->fingerprint(), folder->fingerprint());
    QCOMPARE(open(0)->fingerprint(), folder->fingerprint());
}

void TestWebdataset::partsByNameOrFolder_data() {
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<int>("testImages");
    QTest::newRow("names") << "photos-train-000.tar"
                           << "photos-test-000.tar" << 2;
    QTest::newRow("validation") << "train-000.tar"
                                << "val-000.tar" << 2;
    QTest::newRow("folders") << "train/000.tar"
                             << "test/000.tar" << 2;
    QTest::newRow("no parts") << "a/../000.tar"
                              << "001.tar" << 0;
}

void TestWebdataset::partsByNameOrFolder() {
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(int, testImages);
    fs::create_directory(m_root / "a");
    writeShard(first.toStdString(), {"0", "1", "0"}, 0);
    writeShard(second.toStdString(), {"0", "1", "7"}, 10);
    const DatasetPtr dataset = open();
    QCOMPARE(testImagesOf(*dataset), testImages);
    QCOMPARE(dataset->size(), testImages > 0 ? 5u : 6u);
    QCOMPARE(hasNote(*dataset, "training has no such class: \"7\"") || hasNote(*dataset, "no such class: 7"),
             testImages > 0);
}

/// The name of the folder itself says nothing about its shards.
void TestWebdataset::slashAtTheEndChangesNothing() {
    m_root = m_root / "val";
    writeShard("train-0.tar", {"0", "1", "0"}, 0);
    writeShard("test-0.tar", {"0", "1"}, 10);
    const DatasetPtr dataset = open();
    QCOMPARE(testImagesOf(*dataset), 2);
    const DatasetPtr same = openDataset(m_root.native() + "/");
    QCOMPARE(same->fingerprint(), dataset->fingerprint());
    QCOMPARE(testImagesOf(*same), 2);
}

void TestWebdataset::labelsOfTestImagesOnly() {
    writeShard("unlabelled-0.tar", {"0", "0"}, 0);
    writeShard("test-0.tar", {"0", "1", "1"}, 10);
    const DatasetPtr dataset = open();
    QVERIFY(!dataset->isLabelled());
    QVERIFY(hasNote(*dataset, "The labels of 3 test images are not used"));
}

void TestWebdataset::unlabelledShards() {
    writeShard("train-0.tar", {"0", "1"}, 0);
    writeShard("unlabelled-0.tar", {"0", "0"}, 10);
    const DatasetPtr dataset = open();
    QVERIFY((labelsOf(*dataset) == std::vector{0, 1, -1, -1}));
    QCOMPARE(testImagesOf(*dataset), 0);
    ArchiveWriter plain(m_root / "unlabelled-1.tar", Format::Ustar); // without any label
    plain.add("2000.png", noisePng(*m_directory, 50));
    plain.finish();
    QCOMPARE(open()->size(), 5u);
}

void TestWebdataset::repeatedKeysGetTheNameOfTheShard() {
    writeShard("a.tar", {"0", "1"}, 0);
    writeShard("b.tar", {"1", "0"}, 0);
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 4u);
    QCOMPARE(dataset->sampleName(0), std::string("a/1000.png"));
    QCOMPARE(dataset->sampleName(3), std::string("b/1001.png"));
    QVERIFY((labelsOf(*dataset) == std::vector{0, 1, 1, 0}));
}

void TestWebdataset::furtherImagesAreLeftOut() {
    ArchiveWriter writer(m_root / "a.tar", Format::Ustar);
    writer.add("1.left.png", noisePng(*m_directory, 1));
    writer.add("1.right.png", noisePng(*m_directory, 2));
    writer.add("1.cls", "0");
    writer.finish();
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 1u);
    QCOMPARE(dataset->sampleName(0), std::string("1.left.png"));
    QVERIFY(hasNote(*dataset, "1 image is left out, because its sample has another image"));
}

void TestWebdataset::damagedShardIsReported() {
    writeShard("a.tar", {"0", "1"}, 0);
    writeShard("b.tar", {"0", "1"}, 10);
    const std::string whole = readBytes(m_root / "b.tar");
    writeBytes(m_root / "b.tar", whole.substr(0, 700));
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 2u);
    QCOMPARE(dataset->report().broken.front().name, std::string("b.tar"));
    QVERIFY(contains(dataset->report().broken.front().reason, "truncated"));
}

/// Beside others; each would need its own memory.
void TestWebdataset::compressedShardIsReported() {
    writeShard("a.tar", {"0", "1"}, 0);
    ArchiveWriter writer(m_root / "b.tar", Format::Ustar, ARCHIVE_FILTER_GZIP);
    writer.add("1.png", noisePng(*m_directory, 1));
    writer.finish();
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 2u);
    QVERIFY(contains(dataset->report().broken.front().reason, "b.tar is compressed; unpack it"));
}

/// As an image of a folder.
void TestWebdataset::shardMayVanish() {
    writeShard("a.tar", {"0", "1"}, 0);
    writeShard("b.tar", {"0", "1"}, 10);
    const DatasetPtr dataset = open(0);
    fs::remove(m_root / "b.tar");
    QVERIFY(dataset->image(0) == noiseImage(8, 8, 0));
    const std::string message = thrownMessage<IoError>([&] { dataset->image(2); });
    QVERIFY2(isClearMessage(message, "b.tar"), message.c_str());
}

void TestWebdataset::invalidJsonIsReported() {
    writeShard("a.tar", {R"({"label": 3})", R"({"label": 4})"}, 0, "json");
    writeShard("b.tar", {R"({"label": 3})", R"({"label": )"}, 10, "json");
    const DatasetPtr dataset = open();
    QCOMPARE(dataset->size(), 3u);
    QCOMPARE(dataset->report().broken.front().name, std::string("1011.png"));
    QVERIFY(contains(dataset->report().broken.front().reason, "1011.json"));
}

SIMCLR_TEST(TestWebdataset)
#include "tst_webdataset.moc"
