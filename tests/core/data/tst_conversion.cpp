// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/convert/conversion.h"

#include "core/data/convert/file_names.h"
#include "core/util/json.h"
#include "core/util/tar.h"
#include "tests/support/generated_datasets.h"

#include <map>
#include <set>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestConversion : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void folderStaysTheSame();
    void arraysBecomeFolders_data();
    void arraysBecomeFolders();
    void unlabelledImagesAreKept();
    void datasetWithoutLabelsIsFlat();
    void tableSaysWhatFoldersCannot();
    void oddNamesAreSafe();
    void shardsHoldEverything();
    void shardsAreTheSameDataset_data();
    void shardsAreTheSameDataset();
    void shardsAreClosedBySize();
    void brokenImagesAreReported();
    void nothingIsOverwritten();
    void tableKeepsItsImages();
    void stoppingLeavesNothing();
    void namesAreUnique();

  private:
    ConversionReport convert(const Dataset &dataset, const char *name,
                             ConvertedForm form = ConvertedForm::Folder) {
        ConversionOptions options;
        options.form = form;
        options.out = m_folder / name;
        return convertDataset(dataset, options).value();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path m_folder;
};

namespace {

/// Each image by its class, part and pixels: what conversion keeps, whatever the order.
std::multiset<std::string> contentsOf(const Dataset &dataset) {
    std::multiset<std::string> contents;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const int label = dataset.label(sample);
        const Image image = dataset.image(sample);
        contents.insert((label < 0 ? "-" : dataset.report().classNames[static_cast<std::size_t>(label)]) +
                        (dataset.isTestSample(sample) ? " test " : " train ") +
                        std::string(reinterpret_cast<const char *>(image.data()), image.byteCount()));
    }
    return contents;
}

/// The same without test images of classes that have no training images: every form with names of classes
/// leaves them out.
std::multiset<std::string> withoutUntrainedTests(const Dataset &dataset) {
    std::multiset<std::string> expected = contentsOf(dataset);
    std::set<int> trained;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        if (!dataset.isTestSample(sample))
            trained.insert(dataset.label(sample));
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        if (dataset.isTestSample(sample) && !trained.contains(dataset.label(sample))) {
            const Image image = dataset.image(sample);
            expected.erase(dataset.report().classNames[static_cast<std::size_t>(dataset.label(sample))] +
                           " test " +
                           std::string(reinterpret_cast<const char *>(image.data()), image.byteCount()));
        }
    return expected;
}

std::set<std::string> filesBelow(const fs::path &folder) {
    std::set<std::string> files;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files.insert(entry.path().lexically_relative(folder).native());
    return files;
}

/// The members of all shards of a folder.
std::map<std::string, std::string> membersBelow(const fs::path &folder) {
    std::map<std::string, std::string> members;
    for (const std::string &file : filesBelow(folder))
        if (file.ends_with(".tar")) {
            const std::string archive = readBytes(folder / file);
            for (const auto &[name, bytes] : tarMembers(archive))
                members[file + "/" + name] = bytes;
        }
    return members;
}

} // namespace

void TestConversion::init() {
    m_directory = std::make_unique<QTemporaryDir>();
    m_folder = folderOf(*m_directory);
}

void TestConversion::folderStaysTheSame() {
    const fs::path source = m_folder / "source";
    for (const char *name : {"train/cat/1.jpg", "train/dog/1.JPG", "test/cat/2.jpg", "test/dog/2.jpg"})
        writeBytes(source / name, readBytes(dataFile("rgb.jpg")) /* the same bytes under several names */);
    writeBytes(source / "unlabelled/x.png", readBytes(dataFile("alpha.png")));
    const DatasetPtr dataset = openDataset(source.native(), withoutMemory());
    const ConversionReport report = convert(*dataset, "copy");
    QCOMPARE(report.copied, std::size_t{5});
    QVERIFY(report.encoded == 0 && report.broken.empty() && !report.hasLabelTable);
    QCOMPARE(filesBelow(m_folder / "copy"), filesBelow(source));
    for (const std::string &file : filesBelow(source))
        QCOMPARE(readBytes(m_folder / "copy" / file), readBytes(source / file));
    QCOMPARE(openDataset((m_folder / "copy").native())->fingerprint(), dataset->fingerprint());
}

void TestConversion::arraysBecomeFolders_data() {
    QTest::addColumn<QString>("source");
    for (const char *source : {"cifar-100-binary", "cifar-100-python", "stl10_binary", "MNIST",
                               "FashionMNIST", "npz/pathmnist.npz", "npz/breastmnist.npz"})
        QTest::newRow(source) << source;
}

/// Opened as a table, which also has classes without training images, it is the same set of images.
void TestConversion::arraysBecomeFolders() {
    QFETCH(QString, source);
    const DatasetPtr dataset = openDataset(generatedDataset(source.toStdString()).native());
    const ConversionReport report = convert(*dataset, "out");
    QCOMPARE(report.encoded, std::size_t{dataset->size()});
    QCOMPARE(filesBelow(m_folder / "out").size(), dataset->size() + (report.hasLabelTable ? 1u : 0u));
    const DatasetPtr converted = openDataset((m_folder / "out").native());
    QVERIFY(contentsOf(*converted) == withoutUntrainedTests(*dataset));
}

void TestConversion::unlabelledImagesAreKept() {
    const DatasetPtr dataset = openDataset(generatedDataset("stl10_binary").native());
    convert(*dataset, "out");
    QVERIFY(fs::exists(m_folder / "out/unlabelled/unlabeled_X.bin-00001.png"));
    QVERIFY(fs::exists(m_folder / "out/train/truck/train_X.bin-00001.png"));
    const DatasetPtr converted = openDataset((m_folder / "out").native());
    QCOMPARE(converted->size(), 7u);
    QCOMPARE(converted->report().classNames, (std::vector<std::string>{"airplane", "car", "truck"}));
    QCOMPARE(converted->report().classCounts, (std::vector<std::size_t>{2, 2, 1}));
}

void TestConversion::datasetWithoutLabelsIsFlat() {
    writeNoiseFolder(m_folder / "source/a/b", 2, 8, 1);
    writeNoiseFolder(m_folder / "source/a", 2, 8, 10);
    const DatasetPtr dataset = openDataset((m_folder / "source").native(), withoutMemory());
    QVERIFY(!dataset->isLabelled());
    convert(*dataset, "out");
    for (const std::string &file : filesBelow(m_folder / "out"))
        QVERIFY2(!contains(file, "/"), file.c_str());
    const DatasetPtr converted = openDataset((m_folder / "out").native());
    QVERIFY(!converted->isLabelled() && contentsOf(*converted) == contentsOf(*dataset));
}

void TestConversion::tableSaysWhatFoldersCannot() {
    writeNoiseFolder(m_folder / "images", 6, 8, 1);
    writeBytes(m_folder / "labels.csv",
               "path,label,split,patient\nimages/000.png,a/b,train,1\n"
               "images/001.png,..,train,\"=2, \"\"x\"\"\"\nimages/002.png,a/b,test,3\n"
               "images/003.png,train,train, 4\nimages/004.png,,,5\n");
    const DatasetPtr dataset = openDataset((m_folder / "labels.csv").native(), withoutMemory());
    const ConversionReport report = convert(*dataset, "out");
    QVERIFY(report.hasLabelTable);
    QCOMPARE(filesBelow(m_folder / "out"),
             (std::set<std::string>{"labels.csv", "train/_../images_001.png", "train/a-b/images_000.png",
                                    "train/train/images_003.png", "test/a-b/images_002.png",
                                    "unlabelled/images_004.png"}));
    const DatasetPtr table = openDataset((m_folder / "out/labels.csv").native());
    QVERIFY(contentsOf(*table) == contentsOf(*dataset));
    QCOMPARE(table->report().classNames, (std::vector<std::string>{"..", "a/b", "train"}));
    std::map<std::string, std::string> patients;
    for (std::uint32_t sample = 0; sample < table->size(); ++sample)
        patients[table->sampleName(sample)] = table->columnValue(sample, "patient");
    QCOMPARE(patients["train/_../images_001.png"], std::string("=2, \"x\""));
    QCOMPARE(patients["train/train/images_003.png"], std::string(" 4"));
    const DatasetPtr folder = openDataset((m_folder / "out").native());
    QCOMPARE(folder->report().classNames, (std::vector<std::string>{"_..", "a-b", "train"}));
}

void TestConversion::oddNamesAreSafe() {
    QCOMPARE(safeFileName("a/b\\c:d#e\n"), std::string("a-b-c-d-e-"));
    for (const char *name : {"", ".", "..", ".hidden", "@eaDir", "$RECYCLE.BIN", "#recycle", "__MACOSX"}) {
        const std::string safe = safeFileName(name);
        QVERIFY2(safe[0] == '_' || safe[0] == '-', safe.c_str());
        QVERIFY(safe != "__MACOSX");
    }
    QCOMPARE(safeFileName("\xC3\xA9t\xC3\xA9"), std::string("\xC3\xA9t\xC3\xA9"));
    QVERIFY(safeFileName(std::string(300, 'x') + "\xC3\xA9", 100).size() <= 101);
    QCOMPARE(nameWithinClass("train/cat/sub/1.jpg", "cat"), std::string("sub_1.jpg"));
    QCOMPARE(nameWithinClass("../../x/1.jpg", "cat"), std::string("x_1.jpg"));
    QCOMPARE(nameWithinClass("/abs//1.jpg", ""), std::string("abs_1.jpg"));
    QCOMPARE(nameWithinClass("cat/cat", "cat"), std::string("cat"));
}

void TestConversion::shardsHoldEverything() {
    const fs::path source = m_folder / "source";
    writeBytes(source / "a.dir/x.y.jpg", readBytes(dataFile("rgb.jpg")));
    writeBytes(source / "b.png", readBytes(dataFile("alpha.png")));
    writeBytes(source / "c.png", readBytes(dataFile("grey.png")));
    writeBytes(source / "labels.csv", "path,label,split,age\na.dir/x.y.jpg,dog,test,7\nb.png,cat,train,8\n"
                                      "c.png,,,\nb.png,cat,train,8\n");
    writeBytes(source / "d.png", readBytes(dataFile("rgb.png")));
    writeBytes(source / "labels.csv", readBytes(source / "labels.csv") + "d.png,dog,train,9\n");
    const DatasetPtr dataset = openDataset((source / "labels.csv").native(), withoutMemory());
    const ConversionReport report = convert(*dataset, "out", ConvertedForm::WebDataset);
    QCOMPARE(report.shards, std::size_t{3});
    QCOMPARE(filesBelow(m_folder / "out"),
             (std::set<std::string>{"classes.txt", "test-000000.tar", "train-000000.tar",
                                    "unlabelled-000000.tar"}));
    QCOMPARE(readBytes(m_folder / "out/classes.txt"), std::string("cat\ndog\n"));
    auto members = membersBelow(m_folder / "out");
    QCOMPARE(members["test-000000.tar/00000000-a_dir_x_y.jpg"], readBytes(dataFile("rgb.jpg")));
    QCOMPARE(members["test-000000.tar/00000000-a_dir_x_y.cls"], std::string("1"));
    QCOMPARE(members["train-000000.tar/00000001-b.png"], readBytes(dataFile("alpha.png")));
    QCOMPARE(members["train-000000.tar/00000001-b.cls"], std::string("0"));
    QCOMPARE(members["unlabelled-000000.tar/00000002-c.png"], readBytes(dataFile("grey.png")));
    QVERIFY(!members.contains("unlabelled-000000.tar/00000002-c.cls"));
    const Json details = parseJson(members["test-000000.tar/00000000-a_dir_x_y.json"], "json");
    QCOMPARE(details["name"].get<std::string>(), std::string("a.dir/x.y.jpg"));
    QCOMPARE(details["columns"]["age"].get<std::string>(), std::string("7"));
    QCOMPARE(members.size(), std::size_t{11});
}

void TestConversion::shardsAreTheSameDataset_data() {
    QTest::addColumn<QString>("source");
    for (const char *source : {"cifar-100-binary", "stl10_binary", "FashionMNIST", "npz/pathmnist.npz"})
        QTest::newRow(source) << source;
}

/// In the same order within each part, with the same names of classes.
void TestConversion::shardsAreTheSameDataset() {
    QFETCH(QString, source);
    const DatasetPtr dataset = openDataset(generatedDataset(source.toStdString()).native());
    convert(*dataset, "out", ConvertedForm::WebDataset);
    const DatasetPtr shards = openDataset((m_folder / "out").native());
    QCOMPARE(shards->report().kind, std::string("webdataset"));
    QVERIFY(contentsOf(*shards) == withoutUntrainedTests(*dataset));
    for (std::uint32_t sample = 1; sample < shards->size(); ++sample)
        QVERIFY(shards->sampleName(sample - 1) < shards->sampleName(sample));
}

void TestConversion::shardsAreClosedBySize() {
    const DatasetPtr dataset = openDataset("shapes");
    ConversionOptions options;
    options.form = ConvertedForm::WebDataset;
    options.out = m_folder / "out";
    options.shardBytes = 1'000'000;
    std::size_t lastDone = 0;
    options.progress = [&](std::size_t done, std::size_t all) {
        QVERIFY(done > lastDone && all == dataset->size());
        lastDone = done;
    };
    const ConversionReport report = convertDataset(*dataset, options).value();
    QCOMPARE(lastDone, std::size_t{dataset->size()});
    QVERIFY(report.shards > 3);
    for (const std::string &file : filesBelow(options.out))
        QVERIFY(fs::file_size(options.out / file) < 1'020'000);
    const auto members = membersBelow(options.out);
    QCOMPARE(members.size(), 2 * std::size_t{dataset->size()});
    std::size_t sample = 0;
    for (const auto &[name, bytes] : members) // test shards first; within a part in the order of the samples
        if (name.starts_with("train") && name.ends_with(".png")) {
            while (dataset->isTestSample(static_cast<std::uint32_t>(sample)))
                ++sample;
            QVERIFY(decodeImage(bytes, name) == dataset->image(static_cast<std::uint32_t>(sample++)));
        }
}

void TestConversion::brokenImagesAreReported() {
    writeNoiseFolder(m_folder / "source/cat", 2, 8, 1);
    writeNoiseFolder(m_folder / "source/dog", 2, 8, 5);
    const DatasetPtr dataset = openDataset((m_folder / "source").native(), withoutMemory());
    fs::remove(m_folder / "source/cat/001.png");
    const ConversionReport report = convert(*dataset, "out");
    QCOMPARE(report.copied, std::size_t{3});
    QCOMPARE(report.broken.size(), std::size_t{1});
    QCOMPARE(report.broken[0].name, std::string("cat/001.png"));
}

void TestConversion::nothingIsOverwritten() {
    writeNoiseFolder(m_folder / "source/cat", 2, 8, 1);
    writeNoiseFolder(m_folder / "source/dog", 2, 8, 5);
    const DatasetPtr dataset = openDataset((m_folder / "source").native(), withoutMemory());
    writeBytes(m_folder / "taken/file", "x");
    fs::create_directory(m_folder / "empty");
    const auto refusal = [&](const fs::path &out) {
        ConversionOptions options;
        options.out = out;
        return thrownMessage<InvalidInput>([&] { convertDataset(*dataset, options); });
    };
    QVERIFY(isClearMessage(refusal(m_folder / "taken"), "already exists; choose a new folder"));
    QVERIFY(isClearMessage(refusal(m_folder / "taken/file"), "already exists"));
    QVERIFY(isClearMessage(refusal(m_folder / "none/out"), "there is no folder"));
    QVERIFY(isClearMessage(refusal(m_folder / "source/out"), "is in the image folder"));
    QVERIFY(isClearMessage(refusal(m_folder / "source/cat/out"), "is in the image folder"));
    QCOMPARE(filesBelow(m_folder).size(), std::size_t{5});
    QCOMPARE(convert(*dataset, "empty").copied, std::size_t{4});
    QCOMPARE(filesBelow(m_folder).size(), std::size_t{9});
}

/// It finds them in the first folder beside it that has them.
void TestConversion::tableKeepsItsImages() {
    std::string text = "path,label\n";
    for (const std::string label : {"cat", "dog"}) {
        fs::create_directories(m_folder / "train" / label);
        writePng(noiseImage(8, 8, label == "cat" ? 1 : 2), m_folder / "train" / label / "1.png");
        text += label + "/1.png," + label + "\n";
    }
    writeBytes(m_folder / "labels.csv", text);
    const fs::path table = m_folder / "labels.csv";
    const DatasetPtr dataset = openDataset(table.native(), withoutMemory());
    const std::string message = thrownMessage<InvalidInput>([&] { convert(*dataset, "out"); });
    QVERIFY2(isClearMessage(message, "would find its images in"), message.c_str());
    QVERIFY(!fs::exists(m_folder / "out"));
    convert(*dataset, "z");
    QCOMPARE(openDataset(table.native())->fingerprint(), dataset->fingerprint());
    thrownMessage<InvalidInput>([&] { convert(*dataset, "train/cat/new"); });
}

void TestConversion::stoppingLeavesNothing() {
    const DatasetPtr dataset = openDataset("shapes");
    std::stop_source stop;
    ConversionOptions options;
    options.out = m_folder / "out";
    options.stop = stop.get_token();
    options.progress = [&](std::size_t, std::size_t) { stop.request_stop(); };
    QVERIFY(!convertDataset(*dataset, options));
    QVERIFY(fs::is_empty(m_folder));
}

void TestConversion::namesAreUnique() {
    UniqueNames names;
    QCOMPARE(names.add("a", ".png"), std::string("a.png"));
    QCOMPARE(names.add("a", ".png"), std::string("a-2.png"));
    QCOMPARE(names.add("a", ".jpg"), std::string("a.jpg"));
    QCOMPARE(names.add("a-2", ".png"), std::string("a-2-2.png"));
    QCOMPARE(names.add("a", ".png"), std::string("a-3.png"));
}

SIMCLR_TEST(TestConversion)
#include "tst_conversion.moc"
