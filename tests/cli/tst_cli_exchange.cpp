// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_writer.h"
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <cstdlib>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// import-events, export-events, import-csv, import-runs, and the formats of runs.
class TestCliExchange : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void eventFilesAreImported();
    void exportedEventsAreReadByTensorBoard();
    void csvIsImported();
    void runsOfAnotherDatabaseAreImported();
    void importedCurvesCannotBeEvaluated();
    void pageIsWritten();
    void runsArePrintedAsTables();
    void runsArePrintedInOneFormat();
    void wrongInputIsRefused();
    void namesCannotMoveTheCursor();

  private:
    fs::path path(const std::string &name) const { return folderOf(*m_directory) / name; }
    CommandResult command(const QStringList &arguments) const {
        return runCommand(arguments + QStringList{"--db", text(path("runs.sqlite"))});
    }
    void addRun(const std::string &database = "runs.sqlite") const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCliExchange::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestCliExchange::addRun(const std::string &database) const {
    RunStore store(path(database));
    const RunId run = store.runs().create(sampleRun("a_b | <b>&"));
    store.metrics().add(run, lossPoints(1, 20));
    store.results().add(run, measured("linear", "test", 10, 0.5));
    store.runs().finish(run, RunStatus::Completed, "", "");
}

void TestCliExchange::eventFilesAreImported() {
    const QString files = text(dataFile("event_files"));
    const Json report = command({"import-events", files, "--json"}).json();
    QCOMPARE(report["runs"].size(), std::size_t{3});
    QCOMPARE(report["runs"][0]["outcome"].get<std::string>(), std::string("added"));
    const CommandResult again = command({"import-events", files});
    QCOMPARE(again.status, 0);
    QVERIFY2(contains(again.out, "0 runs added, 0 updated, 3 known"), again.out.c_str());
    const CommandResult curves = command({"curves", "3", "--metric", "train/loss"});
    QVERIFY2(contains(curves.out, "train/loss,0,0,0,1\n"), curves.out.c_str());
    QVERIFY(contains(command({"show", "3"}).out, "config.optimizer"));
}

void TestCliExchange::exportedEventsAreReadByTensorBoard() {
    addRun();
    const CommandResult exported = command({"export-events", "1", "--to", text(path("logs")), "--json"});
    QCOMPARE(exported.status, 0);
    QVERIFY(fs::exists(exported.json()["files"][0]["file"].get<std::string>()));
    QProcess python;
    const char *chosen = std::getenv("SIMCLR_TENSORBOARD_PYTHON"); // of a virtual environment
    python.start(chosen ? chosen : "/usr/bin/python3",
                 {SIMCLR_SOURCE_DIR "/tests/cli/check_event_files.py", text(path("logs"))});
    const CommandResult checked = resultOf(python);
    constexpr int notInstalled = 77;
    if (checked.status == -1 || checked.status == notInstalled)
        QSKIP("tensorboard is not installed; SIMCLR_TENSORBOARD_PYTHON names a Python that has it");
    QVERIFY2(checked.status == 0, checked.err.c_str());
    const Json run = checked.json()["1-a_b_b"];
    QCOMPARE(run["scalars"].size(), std::size_t{2});
    QCOMPARE(run["scalars"]["loss"].size(), std::size_t{20});
    QCOMPARE(run["scalars"]["loss"][3], (Json{4, 1.7e9 + 4, 0.25}));
    QCOMPARE(run["scalars"]["accuracy/linear/test"][0][0].get<int>(), 100);
    QCOMPARE(run["scalars"]["accuracy/linear/test"][0][2].get<double>(), 0.5);
    QCOMPARE(run["hparams"]["batch"].get<double>(), 256.0);
    QCOMPARE(run["hparams"]["encoder"].get<std::string>(), std::string("resnet18"));
    QCOMPARE(run["status"].get<int>(), 1); // success
}

void TestCliExchange::csvIsImported() {
    const Json panel = command({"import-csv", text(dataFile("trackers/wandb_panel.csv")),
                                text(dataFile("trackers/wandb_accuracy.csv")), "--json"})
                           .json();
    QCOMPARE(panel["runs"].size(), std::size_t{2});
    const CommandResult table =
        command({"import-csv", text(dataFile("trackers/wandb_runs.csv")), "--metric", "test/acc"});
    QVERIFY2(contains(table.out, "2 runs added"), table.out.c_str());
    QVERIFY(contains(command({"curves", "3"}).out, "test/acc,150,"));
}

void TestCliExchange::runsOfAnotherDatabaseAreImported() {
    addRun("other.sqlite");
    addRun("other.sqlite");
    const QString other = text(path("other.sqlite"));
    QVERIFY(contains(command({"import-runs", other, "--run", "2"}).out, "1 run added"));
    QVERIFY(
        contains(command({"import-runs", other, "--without-files"}).out, "1 run added, 0 updated, 1 known"));
    QCOMPARE(command({"runs", "--json"}).json().size(), std::size_t{2});
}

void TestCliExchange::importedCurvesCannotBeEvaluated() {
    command({"import-events", text(dataFile("event_files/tensorboardx"))});
    for (const QStringList &arguments :
         {QStringList{"eval", "1"}, QStringList{"eval", "1", "--data", "shapes"},
          QStringList{"embed", "1", "--out", "x.npy"}, QStringList{"export", "1", "--out", "x.pt"},
          QStringList{"resume", "1"}})
        QVERIFY(isRefusal(command(arguments), "it has curves, but no encoder"));
}

void TestCliExchange::pageIsWritten() {
    addRun();
    const fs::path page = path("page.html");
    const Json told = command({"report", "1", "--out", text(page), "--json"}).json();
    QCOMPARE(told["runs"], Json({1}));
    const std::string html = readBytes(page);
    QVERIFY(contains(html, "a_b | &lt;b&gt;&amp;"));
    QVERIFY(contains(html, "Batch N"));             // options by their titles
    QVERIFY(contains(html, "Views are not shown")); // there is no /photos
    QCOMPARE(command({"report", "1", "--out", text(page), "--no-views"}).status, 0);
    QVERIFY(!contains(readBytes(page), "Views are not shown"));
    const CommandResult wrong = command({"report", "7", "--out", text(path("other.html"))});
    QCOMPARE(wrong.status, 2);
    QVERIFY(contains(wrong.err, "run 7"));
    QVERIFY(!fs::exists(path("other.html")));
    const CommandResult missing =
        command({"report", "1", "--no-views", "--out", text(path("nowhere/page.html"))});
    QCOMPARE(missing.status, 2); // wrong input
    QVERIFY2(contains(missing.err, "nowhere does not exist") && !contains(missing.err, ".tmp"),
             missing.err.c_str());
}

void TestCliExchange::runsArePrintedAsTables() {
    addRun();
    QCOMPARE(command({"runs", "--csv"}).out,
             std::string("id,name,status,dataset,epochs,linear test,kNN test,images/s\n"
                         "1,a_b | <b>&,completed,photos,2,0.5,,\n"));
    const CommandResult markdown = command({"runs", "--markdown"});
    QVERIFY2(
        contains(markdown.out, "| 1 | a\\_b \\| \\<b\\>\\& | completed | photos | 2.0 | 0.500 |  |  |\n"),
        markdown.out.c_str());
    const CommandResult latex = command({"runs", "--latex"});
    QVERIFY2(
        contains(latex.out,
                 "$1$ & a\\_b \\textbar{} \\textless{}b\\textgreater{}\\& & completed & photos & $2.0$ & "
                 "$0.500$ &  &  \\\\\n"),
        latex.out.c_str());
}

void TestCliExchange::runsArePrintedInOneFormat() {
    addRun();
    QVERIFY(isRefusal(command({"runs", "--csv", "--json"}), "excludes"));
    QVERIFY(isRefusal(command({"runs", "--csv", "--latex"}), "excludes"));
}

void TestCliExchange::wrongInputIsRefused() {
    QVERIFY(isRefusal(command({"import-events", "/nowhere"}), "is not a folder"));
    QVERIFY(isRefusal(command({"import-events", text(path(""))}), "no TensorBoard event file"));
    QVERIFY(isRefusal(command({"import-csv", "/dev/zero"}), "not a regular file"));
    QVERIFY(isRefusal(command({"import-csv", "/nowhere.csv"}), "nowhere.csv"));
    QVERIFY(isRefusal(command({"import-runs", "/nowhere.sqlite"}), "nowhere.sqlite"));
    QVERIFY(!fs::exists(path("runs.sqlite")));
    QVERIFY(isRefusal(command({"export-events", "1", "--to", "x"}), "no run database"));
}

void TestCliExchange::namesCannotMoveTheCursor() {
    writeBytes(path("logs/\x1b[31mred/events.out.tfevents.1.x"),
               scalarsRecord(1.7e9, 1, std::vector<TaggedValue>{{"\x1b[2J", 1}}));
    const CommandResult result = command({"import-events", text(path("logs"))});
    QCOMPARE(result.status, 0);
    QVERIFY(!contains(result.out + command({"curves", "1"}).out + command({"show", "1"}).out, "\x1b"));
}

SIMCLR_TEST(TestCliExchange, QCoreApplication)
#include "tst_cli_exchange.moc"
