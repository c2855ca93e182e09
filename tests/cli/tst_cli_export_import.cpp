// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// export, embed and import-weights on a run that is trained here, and Python with their files.
class TestCliExportImport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void exportPrintsWhatToDoInPython();
    void exportRefusesWhatItCannotDo();
    void embedWritesFeaturesAndTable();
    void embedRefusesWhatItCannotDo();
    void importedWeightsAreEvaluatedAndCompared();
    void importRefusesWhatDoesNotFit();
    void trainingTakesTheEncoderOfItsInitialWeights();
    void pythonReadsThemAll();
    void everyCommandHasAnExample();

  private:
    fs::path path(const std::string &name) const { return folderOf(m_directory) / name; }
    CommandResult command(const QStringList &arguments) const {
        return runCommand(arguments + QStringList{"--db", text(path("runs.sqlite"))});
    }
    CommandResult train(const QStringList &more) const;
    RunId newestRun() const { return RunStore(path("runs.sqlite")).runs().all().front().id; }

    QTemporaryDir m_directory;
};

CommandResult TestCliExportImport::train(const QStringList &more) const {
    return command(QStringList{"train", "--data", text(path("pictures")), "--set", "epochs=1", "--set",
                               "batch=8", "--set", "precision=fp32", "--set", "knn_neighbours=5"} +
                   more);
}

void TestCliExportImport::initTestCase() {
    writeNoiseFolder(path("pictures") / "cats", 16, 32, 1);
    writeNoiseFolder(path("pictures") / "a, dog", 16, 32, 100);
    const CommandResult result = train({"--set", "width=1", "--set", "stem=imagenet"});
    QVERIFY2(result.status == 0, result.err.c_str());
}

void TestCliExportImport::exportPrintsWhatToDoInPython() {
    const CommandResult result = command({"export", "1", "--out", text(path("encoder.pt"))});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(contains(result.out, "torchvision.models.resnet18()") && contains(result.out, "512 features"),
             result.out.c_str());
    const CommandResult json =
        command({"export", "1", "--json", "--format", "onnx", "--out", text(path("encoder.onnx"))});
    QCOMPARE(json.json()["feature_size"].get<int>(), 512);
    QVERIFY(contains(json.json()["python"].get<std::string>(), "onnxruntime"));
}

void TestCliExportImport::exportRefusesWhatItCannotDo() {
    QVERIFY(isRefusal(command({"export", "7", "--out", text(path("x"))}), "7"));
    QVERIFY(isRefusal(command({"export", "1", "--out", text(path("x")), "--format", "keras"}), "keras"));
    QVERIFY(isRefusal(command({"export", "1"}), "--out"));
    QVERIFY(isRefusal(command({"export", "1", "--out", text(path("no/folder/x"))}), "no/folder"));
    QVERIFY(!fs::exists(path("x")));
}

void TestCliExportImport::embedWritesFeaturesAndTable() {
    const CommandResult result = command({"embed", "1", "--json", "--out", text(path("features.npy"))});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.json()["images"].get<int>(), 32);
    QCOMPARE(result.json()["left_out"].size(), std::size_t{0});
    const std::string table = readBytes(path("features.csv"));
    QVERIFY2(table.starts_with("path,label\n\"a, dog/000.png\",\"a, dog\"\n"), table.c_str());
    QCOMPARE(fs::file_size(path("features.npy")), std::uintmax_t{128 + 32 * 512 * 4});
    writeNoiseFolder(path("others"), 3, 20, 7);
    writeBytes(path("others") / "broken.png", "no picture");
    const CommandResult others =
        command({"embed", "1", "--data", text(path("others")), "--out", text(path("others.npy"))});
    QCOMPARE(others.status, 0);
    QVERIFY2(contains(others.out, "3 × 512") && contains(others.err, "broken.png"), others.out.c_str());
}

void TestCliExportImport::embedRefusesWhatItCannotDo() {
    QVERIFY(isRefusal(command({"embed", "1", "--out", text(path("f.txt"))}), ".npy"));
    QVERIFY(isRefusal(command({"embed", "1", "--out", text(path("f.npy")), "--data", "nowhere"}), "nowhere"));
    QVERIFY(isRefusal(command({"embed", "1", "--out", text(path("f.npy")), "--device", "tpu"}), "tpu"));
    QVERIFY(isRefusal(command({"embed", "1", "--out", text(path("f.npy")), "--split", "best"}), "best"));
    QVERIFY(!fs::exists(path("f.npy")) && !fs::exists(path("f.csv")));
}

void TestCliExportImport::importedWeightsAreEvaluatedAndCompared() {
    const CommandResult result =
        command({"import-weights", text(path("encoder.pt")), "--json", "--data", text(path("pictures")),
                 "--set", "knn_neighbours=5", "--set", "image_size=32"});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.json()["encoder"].get<std::string>(), std::string("resnet18"));
    QCOMPARE(result.json()["stem"].get<std::string>(), std::string("imagenet"));
    const QString id = QString::number(result.json()["run"].get<int>());
    const CommandResult evaluated = command({"eval", id, "--device", "cpu"});
    QVERIFY2(evaluated.status == 0, evaluated.err.c_str());
    const CommandResult shown = command({"show", id});
    QVERIFY2(contains(shown.out, "imported") && !contains(shown.out, "random"), shown.out.c_str());
    const CommandResult compared = command({"compare", "1", id});
    QVERIFY2(contains(compared.out, "(imported)") && contains(compared.out, "(epoch 1)"),
             compared.out.c_str());
    QVERIFY(isRefusal(command({"resume", id}), "is an import of weights"));
}

void TestCliExportImport::importRefusesWhatDoesNotFit() {
    const QString file = text(path("encoder.pt"));
    const auto refused = [&](const QStringList &arguments, const std::string &part) {
        return isRefusal(command(QStringList{"import-weights"} + arguments), part);
    };
    const RunId before = newestRun();
    QVERIFY(refused({"nowhere.pt"}, "nowhere.pt"));
    QVERIFY(refused({text(path("pictures/cats/000.png"))}, "000.png"));
    QVERIFY(refused({text(path("encoder.onnx"))}, "encoder.onnx"));
    QVERIFY(refused({text(dataFile("torch/command.pt"))}, "posix.system"));
    QVERIFY(refused({file, "--set", "epochs=3"}, "epochs"));
    QVERIFY(refused({file, "--set", "encoder=resnet50"}, "resnet18"));
    QVERIFY(refused({file, "--prefix", "teacher"}, "teacher"));
    QCOMPARE(newestRun(), before);
}

void TestCliExportImport::trainingTakesTheEncoderOfItsInitialWeights() {
    const QString setting = "initial_weights=" + text(path("encoder.pt"));
    const CommandResult result = train({"--set", setting});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(contains(result.err, "imported encoder") && !contains(result.err, "random encoder"),
             result.err.c_str());
    QVERIFY(isRefusal(train({"--set", setting, "--set", "width=0.5"}), "width=1"));
    QVERIFY(isRefusal(train({"--set", "initial_weights=" + text(path("nowhere.pt"))}), "nowhere.pt"));
}

void TestCliExportImport::pythonReadsThemAll() {
    std::string exports;
    for (const char *format : {"torchvision", "safetensors", "torchscript", "onnx"}) {
        const QString file = text(path(std::string("python.") + format));
        const CommandResult result = command({"export", "1", "--json", "--format", format, "--out", file});
        QVERIFY2(result.status == 0, result.err.c_str());
        exports += toLine(result.json()) + "\n";
    }
    writeBytes(path("export.json"), exports);
    QCOMPARE(command({"embed", "1", "--out", text(path("features.npy"))}).status, 0);
    QProcess python;
    python.start("/usr/bin/python3", {SIMCLR_SOURCE_DIR "/tests/cli/check_exports.py", m_directory.path()});
    const CommandResult checked = resultOf(python);
    constexpr int notInstalled = 77;
    if (checked.status == -1 || checked.status == notInstalled)
        QSKIP("python3-torch, python3-torchvision and python3-pil are not installed");
    QVERIFY2(checked.status == 0, checked.err.c_str());
    QVERIFY2(contains(checked.out, "fits torchvision.models.resnet18()") &&
                 contains(checked.out, "torchscript of resnet18") &&
                 contains(checked.out, "can be trained further"),
             checked.out.c_str());
}

void TestCliExportImport::everyCommandHasAnExample() {
    for (const char *name : {"export", "embed", "import-weights"}) {
        const CommandResult help = runCommand({name, "--help"});
        QCOMPARE(help.status, 0);
        QVERIFY2(contains(help.out, std::string("\n  simclr ") + name), help.out.c_str());
    }
}

SIMCLR_TEST(TestCliExportImport, QCoreApplication)
#include "tst_cli_export_import.moc"
