// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cli_fixture.h"
#include "tests/support/generated_datasets.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// simclr data: describing and converting images.
class TestCliData : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void infoSaysWhatItIs();
    void infoAsJson();
    void infoTellsProblems();
    void convertWritesAFolder();
    void convertWritesShards();
    void convertOverwritesNothing();
    void wrongUseIsRefused();
    void publishedLoadersAgree();
};

void TestCliData::infoSaysWhatItIs() {
    const CommandResult result = runCommand({"data", "info", text(generatedDataset("stl10_binary"))});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.err, std::string());
    for (const char *line : {"STL-10\n", "form: stl10\n", "images: 7, 5 with a label and 2 without\n",
                             "test images: 2, defined by the source\n", "classes: 10: airplane (2), bird (0)",
                             "size: 96 × 96 pixels\n"})
        QVERIFY2(contains(result.out, line), result.out.c_str());
}

void TestCliData::infoAsJson() {
    const CommandResult result = runCommand(
        {"data", "info", "cifar100-coarse:" + text(generatedDataset("cifar-100-binary")), "--json"});
    QCOMPARE(result.status, 0);
    const Json json = result.json();
    QCOMPARE(json["form"].get<std::string>(), std::string("cifar100-coarse"));
    QCOMPARE(json["images"].get<int>(), 6);
    QCOMPARE(json["labelled"].get<int>(), 6);
    QCOMPARE(json["test_images"].get<int>(), 2);
    QCOMPARE(json["classes"].size(), std::size_t{20});
    QCOMPARE(json["classes"][4]["name"].get<std::string>(), std::string("coarse_04"));
    QCOMPARE(json["classes"][4]["images"].get<int>(), 2);
    QCOMPARE(json["largest"][0].get<int>(), 32);
}

void TestCliData::infoTellsProblems() {
    const QTemporaryDir directory;
    writeNoiseFolder(folderOf(directory), 3, 8, 1);
    writeBytes(folderOf(directory) / "labels.csv",
               "path,label,device\n000.png,a,x\n001.png,b,y\n\x1b[31m.png,b,z\n");
    const CommandResult result = runCommand({"data", "info", text(folderOf(directory) / "labels.csv")});
    QCOMPARE(result.status, 0);
    QVERIFY2(contains(result.out, "column: device\n") &&
                 contains(result.out, "note: 1 row of the table names an image that does not exist\n") &&
                 contains(result.out, "left out: 1 broken file\n"),
             result.out.c_str());
    QVERIFY(!contains(result.out + result.err, "\x1b"));
}

void TestCliData::convertWritesAFolder() {
    const QTemporaryDir directory;
    const fs::path out = folderOf(directory) / "mnist";
    const CommandResult result =
        runCommand({"data", "convert", text(generatedDataset("MNIST")), "--out", text(out)});
    QCOMPARE(result.status, 0);
    QVERIFY2(contains(result.out, "mnist: 6 images, of which 6 were encoded as PNG\nlabels.csv in it says"),
             result.out.c_str());
    QVERIFY(readImage(out / "train/9/train-images-00003.png") == generatedImage(3, 28, 1));
    QVERIFY(readImage(out / "test/7/test-images-00000.png") == generatedImage(20, 28, 1));
}

void TestCliData::convertWritesShards() {
    const QTemporaryDir directory;
    const CommandResult result =
        runCommand({"data", "convert", "shapes", "--to", "webdataset", "--shard-megabytes", "4", "--out",
                    text(folderOf(directory) / "shapes"), "--json"});
    QCOMPARE(result.status, 0);
    const Json json = result.json();
    QCOMPARE(json["encoded"].get<int>(), 2560);
    QVERIFY(json["copied"].get<int>() == 0 && json["table"].is_null() && json["shards"].get<int>() > 3);
    QVERIFY(fs::exists(folderOf(directory) / "shapes/train-000001.tar"));
    QVERIFY(fs::exists(folderOf(directory) / "shapes/test-000000.tar"));
}

void TestCliData::convertOverwritesNothing() {
    const QTemporaryDir directory;
    writeBytes(folderOf(directory) / "out/mine.txt", "mine");
    const QStringList command{"data", "convert", text(generatedDataset("MNIST")), "--out",
                              text(folderOf(directory) / "out")};
    QVERIFY(isRefusal(runCommand(command), "already exists; choose a new folder"));
    QCOMPARE(readBytes(folderOf(directory) / "out/mine.txt"), std::string("mine"));
}

void TestCliData::wrongUseIsRefused() {
    QVERIFY(isRefusal(runCommand({"data"}), "subcommand is required"));
    QVERIFY(isRefusal(runCommand({"data", "info"}), "source is required"));
    QVERIFY(isRefusal(runCommand({"data", "info", "/no/such"}), "/no/such"));
    QVERIFY(isRefusal(runCommand({"data", "convert", "shapes"}), "--out is required"));
    QVERIFY(isRefusal(runCommand({"data", "convert", "shapes", "--out", "x", "--to", "zip"}), "zip not in"));
}

/// The same files give the same pixels and labels as with torchvision, medmnist and webdataset.
void TestCliData::publishedLoadersAgree() {
    const QTemporaryDir directory;
    const char *chosen = std::getenv("SIMCLR_DATASETS_PYTHON"); // of a virtual environment
    QProcess python;
    python.start(chosen ? chosen : "/usr/bin/python3",
                 {SIMCLR_SOURCE_DIR "/tests/cli/check_datasets.py", SIMCLR_COMMAND,
                  text(generatedDataset("").parent_path()), directory.path()});
    const CommandResult checked = resultOf(python);
    constexpr int notInstalled = 77;
    if (checked.status == -1 || checked.status == notInstalled)
        QSKIP("python3-torchvision, python3-pil and python3-numpy are not installed");
    QVERIFY2(checked.status == 0, checked.err.c_str());
    for (const char *name : {"CIFAR-100", "CIFAR-100, binary version", "STL-10", "MNIST", "FashionMNIST"})
        QVERIFY2(contains(checked.out, std::string(name) + " as a folder: "), checked.out.c_str());
    if (chosen) // it is there to compare all
        for (const char *name : {"PathMNIST as a folder", "BreastMNIST as shards", "STL-10 as shards"})
            QVERIFY2(contains(checked.out, std::string(name) + ": "), checked.out.c_str());
}

SIMCLR_TEST(TestCliData)
#include "tst_cli_data.moc"
