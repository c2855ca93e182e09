// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_images.h"

#include <sqlite3.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Images, pipelines, databases and devices that cannot be used: one sentence, exit status 2, nothing
/// changed.
class TestCliBadInput : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void missingPath();
    void emptyFolder();
    void classWithOneImage();
    void onlyBrokenImages();
    void brokenImagesAreLeftOutAndNamed();
    void badPipeline_data();
    void badPipeline();
    void unknownPipeline();
    void unknownOperationIsNotTrained();
    void batchLargerThanTheDataset();
    void unknownDevice();
    void missingDatabase();
    void databaseOfAnotherKind();
    void databaseFromANewerVersion();
    void databaseWithTooLongAName();
    void databaseThatCannotBeMade();
    void missingRun();
    void unwritablePicture();

  private:
    fs::path path(const std::string &name) const { return folderOf(*m_directory) / name; }
    /// Trains on `data` into a database of the test's own.
    CommandResult train(const QString &data, const QStringList &more = {}) const;
    bool hasNoRuns() const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCliBadInput::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

CommandResult TestCliBadInput::train(const QString &data, const QStringList &more) const {
    return runCommand(QStringList{"train", "--json", "--db", text(path("runs.sqlite")), "--data", data,
                                  "--set", "epochs=1", "--set", "batch=4"} +
                      more);
}

bool TestCliBadInput::hasNoRuns() const {
    return !fs::exists(path("runs.sqlite")) || RunStore(path("runs.sqlite")).runs().all().empty();
}

void TestCliBadInput::missingPath() {
    QVERIFY(isRefusal(train(text(path("nowhere"))), "nowhere"));
    QVERIFY(isRefusal(train("cifar10:" + text(path("nowhere"))), "nowhere"));
    QVERIFY(isRefusal(train("flickr:" + text(path("nowhere"))), "flickr"));
    QVERIFY(hasNoRuns());
}

void TestCliBadInput::emptyFolder() {
    fs::create_directory(path("empty"));
    QVERIFY(isRefusal(train(text(path("empty"))), "empty"));
}

void TestCliBadInput::classWithOneImage() {
    writeNoiseFolder(path("images") / "cats", 20, 16, 1);
    writeNoiseFolder(path("images") / "lonely", 1, 16, 2);
    const CommandResult result = train(text(path("images")));
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(contains(result.out + result.err, "in the class \"lonely\", which has none there"),
             result.err.c_str());
}

void TestCliBadInput::onlyBrokenImages() {
    writeBytes(path("images") / "a.jpg", "this is text");
    writeBytes(path("images") / "b.png", "");
    const CommandResult result = train(text(path("images")));
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY2(contains(result.err, "images"), result.err.c_str());
    QVERIFY(hasNoRuns());
}

void TestCliBadInput::brokenImagesAreLeftOutAndNamed() {
    writeNoiseFolder(path("images"), 6, 16, 1);
    writeBytes(path("images") / "text.jpg", "this is text");
    writeBytes(path("images") / "empty.png", "");
    const CommandResult result =
        runCommand({"preview", "--data", text(path("images")), "--out", text(path("sheet.png"))});
    QCOMPARE(result.status, 0);
    QVERIFY2(contains(result.err, "text.jpg") && contains(result.err, "empty.png"), result.err.c_str());
    QVERIFY2(contains(result.out, "6 images"), result.out.c_str());
}

void TestCliBadInput::badPipeline_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("part");
    const auto step = [](const QString &more) {
        return R"({"version": 1, "name": "x", "steps": [{"operation": "random_resized_crop", )" + more +
               "}]}";
    };
    QTest::newRow("not JSON") << "crop, please"
                              << "not valid JSON";
    QTest::newRow("a list") << "[]"
                            << "not a pipeline";
    QTest::newRow("steps of a wrong type") << R"({"steps": {}})"
                                           << "steps";
    QTest::newRow("NaN") << step(R"("probability": NaN)") << "not valid JSON";
    QTest::newRow("probability of a wrong type") << step(R"("probability": "often")") << "probability";
    QTest::newRow("negative probability") << step(R"("probability": -0.5)") << "probability";
    QTest::newRow("negative range") << step(R"("parameters": {"area": [-1, 1]})") << "area";
    QTest::newRow("swapped range") << step(R"("parameters": {"area": [1, 0.08]})") << "swapped";
    QTest::newRow("unknown parameter") << step(R"("parameters": {"colour": 1})") << "colour";
    QTest::newRow("newer") << R"({"version": 99, "steps": []})"
                           << "newer";
}

void TestCliBadInput::badPipeline() {
    QFETCH(QString, json);
    QFETCH(QString, part);
    writeBytes(path("bad.json"), json.toStdString());
    const CommandResult result = train("shapes", {"--pipeline", text(path("bad.json"))});
    QVERIFY(isRefusal(result, part.toStdString()));
    QVERIFY(contains(result.err, "bad.json"));
    QVERIFY(hasNoRuns());
}

void TestCliBadInput::unknownPipeline() {
    QVERIFY(isRefusal(train("shapes", {"--pipeline", "simclr-mars"}), "simclr-mars"));
}

void TestCliBadInput::unknownOperationIsNotTrained() {
    writeBytes(path("new.json"), R"({"version": 1, "steps": [{"operation": "time_travel"}]})");
    QVERIFY(isRefusal(train("shapes", {"--pipeline", text(path("new.json"))}), "time_travel"));
}

void TestCliBadInput::batchLargerThanTheDataset() {
    writeNoiseFolder(path("images"), 30, 16, 1);
    QVERIFY(isRefusal(train(text(path("images")), {"--set", "batch=64"}), "64"));
    QVERIFY(hasNoRuns());
}

void TestCliBadInput::unknownDevice() {
    QVERIFY(isRefusal(train("shapes", {"--set", "device=cuda:99"}), "cuda:99"));
    QVERIFY(isRefusal(train("shapes", {"--set", "device=abacus"}), "abacus"));
    QVERIFY(hasNoRuns());
}

void TestCliBadInput::missingDatabase() {
    const QString database = text(path("none.sqlite"));
    for (const QStringList &arguments :
         {QStringList{"runs"}, QStringList{"show", "1"}, QStringList{"compare", "1", "2"},
          QStringList{"eval", "1"}, QStringList{"resume", "1"}})
        QVERIFY(isRefusal(runCommand(arguments + QStringList{"--db", database}), "none.sqlite"));
    QVERIFY(!fs::exists(path("none.sqlite")));
}

void TestCliBadInput::databaseOfAnotherKind() {
    const std::string bytes(5000, 'x');
    writeBytes(path("runs.sqlite"), bytes);
    QVERIFY(isRefusal(runCommand({"runs", "--db", text(path("runs.sqlite"))}), "not a SQLite file"));
    QVERIFY(isRefusal(train("shapes"), "not a SQLite file"));
    QCOMPARE(readBytes(path("runs.sqlite")), bytes);
}

void TestCliBadInput::databaseFromANewerVersion() {
    { const RunStore made(path("runs.sqlite")); }
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path("runs.sqlite").c_str(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, "PRAGMA user_version = 999", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    const std::string before = readBytes(path("runs.sqlite"));
    QVERIFY(isRefusal(train("shapes"), "newer"));
    QVERIFY(isRefusal(runCommand({"runs", "--db", text(path("runs.sqlite"))}), "newer"));
    QVERIFY(readBytes(path("runs.sqlite")) == before);
}

void TestCliBadInput::databaseWithTooLongAName() {
    const QString tooLong = text(path(std::string(300, 'n')));
    QVERIFY(isRefusal(runCommand({"runs", "--db", tooLong}), "too long"));
    QVERIFY(isRefusal(runCommand({"show", "1", "--db", tooLong}), "too long"));
}

void TestCliBadInput::databaseThatCannotBeMade() {
    writeBytes(path("file"), "a regular file");
    const QString database = text(path("file") / "runs.sqlite");
    QVERIFY(isRefusal(runCommand({"train", "--db", database}), "runs.sqlite"));
}

void TestCliBadInput::missingRun() {
    { const RunStore made(path("runs.sqlite")); }
    for (const char *command : {"show", "eval", "resume"})
        QVERIFY(
            isRefusal(runCommand({command, "7", "--db", text(path("runs.sqlite"))}), "there is no run 7"));
}

void TestCliBadInput::unwritablePicture() {
    QVERIFY(isRefusal(runCommand({"preview", "--out", text(path("nowhere") / "sheet.png")}), "sheet.png"));
}

SIMCLR_TEST(TestCliBadInput, QCoreApplication)
#include "tst_cli_bad_input.moc"
