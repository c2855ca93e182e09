// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_folder.h"
#include "core/store/foreign_runs.h"
#include "core/util/error.h"
#include "tests/core/exchange/event_fixture.h"

#include <cmath>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Imports of event files, of this program and of others.
class TestEventImport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void filesOfOtherProgramsAreReadAsTensorBoardReadsThem();
    void optionsOfOtherProgramsAreImported();
    void importedRunIsCompletedAndHasNoEncoder();
    void restartReplacesLaterSteps();
    void oldFilesRestartWhereStepsDecrease();
    void filesOfARunAreMergedInTheOrderOfTheirTime();
    void laterOfTwoValuesOfAStepIsKept();
    void epochsComeFromTheirCurve();
    void importingAgainAddsOnlyWhatIsNew();
    void restartedRunIsReplacedFromItsRestart();
    void movedFolderIsRecognised();
    void copiedFolderIsLeftOut();
    void incompleteLastRecordIsNoProblem();
    void everyRunIsToldAndAStopEndsTheImport();
    void folderWithoutEventFilesIsRefused();

  private:
    fs::path root() const { return folderOf(*m_directory) / "logs"; }
    fs::path database() const { return folderOf(*m_directory) / "runs.sqlite"; }
    void write(const std::string &bytes, const std::string &run = "run", int number = 0) const {
        writeBytes(root() / run / eventFileName(number), bytes);
    }
    ImportReport import() const { return importEvents(root(), database()); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestEventImport::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

/// expected.json is what TensorBoard's own reader finds, see tests/data/event_files/README.md.
void TestEventImport::filesOfOtherProgramsAreReadAsTensorBoardReadsThem() {
    const Json expected = readJsonFile(dataFile("event_files/expected.json"));
    const EventFolders found = findEventFolders(dataFile("event_files"));
    QCOMPARE(found.folders.size(), expected.size());
    for (const EventFolder &folder : found.folders) {
        const ImportedRun run = readEventFolder(folder);
        const Json &tags = expected.at(run.name);
        QCOMPARE(run.curves.size(), tags.size());
        QVERIFY(run.problems.empty());
        for (const auto &[tag, points] : tags.items()) {
            const std::vector<MetricPoint> &curve = run.curves.at(tag);
            QCOMPARE(curve.size(), points.size());
            for (std::size_t i = 0; i < curve.size(); ++i) {
                QCOMPARE(curve[i].step, points[i][0].get<std::int64_t>());
                QCOMPARE(curve[i].time, points[i][1].get<double>());
                QVERIFY(points[i][2].is_null() ? std::isnan(curve[i].value)
                                               : curve[i].value == points[i][2].get<double>());
            }
        }
    }
}

/// PyTorch's add_hparams() writes a folder of its own below that of the run.
void TestEventImport::optionsOfOtherProgramsAreImported() {
    const ImportReport report = importEvents(dataFile("event_files"), database());
    QCOMPARE(report.runs.size(), std::size_t{3});
    const RunStore store(database());
    const RunRecord tf = store.runs().one(report.runs[1].run);
    QCOMPARE(tf.name, std::string("tf2/run"));
    QCOMPARE(toLine(tf.config), std::string(R"({"name":"tf","batch":256,"clip":false})"));
    QVERIFY(tf.status == RunStatus::Failed);
    QCOMPARE(tf.finished.value(), 1.7e9 + 9);
    const RunRecord torch = store.runs().one(report.runs[2].run);
    QCOMPARE(torch.name, std::string("torch/lr_0.1"));
    QCOMPARE(torch.config["lr"].get<double>(), 0.1);
    QCOMPARE(torch.config["optimizer"].get<std::string>(), std::string("lars"));
    QCOMPARE(torch.config["cosine"].get<int>(), 1); // PyTorch writes truth values as numbers
    QCOMPARE(wholeCurve(store, torch.id, "train/loss").size(), std::size_t{8});
    QVERIFY(std::abs(wholeCurve(store, torch.id, "final/acc").at(0).value - 0.9) < 1e-7);
}

void TestEventImport::importedRunIsCompletedAndHasNoEncoder() {
    write(versionRecord(1.7e9) + scalarRecord("loss", 1, 2) + scalarRecord("loss", 5, 1));
    const ImportReport report = import();
    QCOMPARE(report.runs.size(), std::size_t{1});
    QCOMPARE(report.runs[0].points, std::int64_t{2});
    const RunRecord run = RunStore(database()).runs().one(report.runs[0].run);
    QVERIFY(run.status == RunStatus::Completed);
    QCOMPARE(run.created, 1.7e9);
    QCOMPARE(run.finished.value(), 1.7e9 + 5);
    QCOMPARE(run.lastStep, std::int64_t{5});
    QVERIFY(hasCurvesOnly(run));
    QVERIFY(contains(run.notes.at(0).message, "TensorBoard event files"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { requireEncoder(run); }), "no encoder"));
}

void TestEventImport::restartReplacesLaterSteps() {
    write(versionRecord(1.7e9) + scalarRecord("loss", 1, 1) + scalarRecord("loss", 2, 2) +
          scalarRecord("accuracy", 3, 3) + scalarRecord("loss", 3, 3) + restartRecord(2, 1.7e9 + 4) +
          scalarRecord("loss", 2, 20));
    const RunId run = import().runs.at(0).run;
    const RunStore store(database());
    QCOMPARE(stepsOf(wholeCurve(store, run, "loss")), (std::vector<std::int64_t>{1, 2}));
    QCOMPARE(wholeCurve(store, run, "loss").at(1).value, 20.0);
    QVERIFY(wholeCurve(store, run, "accuracy").empty());
}

/// Without a file version, a smaller step is a restart, for the tags of that event.
void TestEventImport::oldFilesRestartWhereStepsDecrease() {
    std::string bytes;
    for (std::int64_t step = 1; step <= 5; ++step)
        bytes += scalarRecord("loss", step, 1) + scalarRecord("accuracy", step, 1);
    write(bytes + scalarRecord("loss", 3, 2));
    const RunId run = import().runs.at(0).run;
    const RunStore store(database());
    QCOMPARE(stepsOf(wholeCurve(store, run, "loss")), (std::vector<std::int64_t>{1, 2, 3}));
    QCOMPARE(wholeCurve(store, run, "accuracy").size(), std::size_t{5});
}

void TestEventImport::filesOfARunAreMergedInTheOrderOfTheirTime() {
    write(versionRecord(1.7e9 + 100) + scalarRecord("loss", 2, 2, 1.7e9 + 100), "run", 0);
    write(versionRecord(1.7e9) + scalarRecord("loss", 1, 1) + scalarRecord("loss", 2, 1), "run", 1);
    const ImportReport report = import();
    QCOMPARE(report.runs.size(), std::size_t{1});
    const RunStore store(database());
    const auto curve = wholeCurve(store, report.runs[0].run, "loss");
    QCOMPARE(stepsOf(curve), (std::vector<std::int64_t>{1, 2}));
    QCOMPARE(curve[1].value, 2.0);
}

void TestEventImport::laterOfTwoValuesOfAStepIsKept() {
    write(versionRecord(1.7e9) + scalarRecord("loss", 1, 1) + scalarRecord("loss", 0, 0) +
          scalarRecord("loss", 1, 3));
    const RunId run = import().runs.at(0).run;
    const RunStore store(database());
    QCOMPARE(stepsOf(wholeCurve(store, run, "loss")), (std::vector<std::int64_t>{0, 1}));
    QCOMPARE(wholeCurve(store, run, "loss").at(1).value, 3.0);
}

void TestEventImport::epochsComeFromTheirCurve() {
    write(versionRecord(1.7e9) + scalarRecord("epoch", 1, 0) + scalarRecord("loss", 5, 1) +
          scalarRecord("epoch", 10, 1) + scalarRecord("loss", 10, 1));
    const RunId run = import().runs.at(0).run;
    const RunStore store(database());
    QCOMPARE(wholeCurve(store, run, "loss").at(0).epoch, 0.0);
    QCOMPARE(wholeCurve(store, run, "loss").at(1).epoch, 1.0);
    QCOMPARE(store.runs().one(run).lastEpoch, 1.0);
}

void TestEventImport::importingAgainAddsOnlyWhatIsNew() {
    const std::string begin = versionRecord(1.7e9) + scalarRecord("loss", 1, 1) + scalarRecord("loss", 2, 2);
    write(begin);
    const RunId run = import().runs.at(0).run;
    QVERIFY(import().runs.at(0).kind == ImportOutcome::Kind::Known);
    write(begin + scalarRecord("loss", 3, 3) + scalarRecord("accuracy", 3, 0.5));
    const ImportOutcome again = import().runs.at(0);
    QCOMPARE(again.run, run);
    QVERIFY(again.kind == ImportOutcome::Kind::Updated);
    QCOMPARE(again.points, std::int64_t{2});
    const RunStore store(database());
    QCOMPARE(store.runs().all().size(), std::size_t{1});
    QCOMPARE(wholeCurve(store, run, "loss").size(), std::size_t{3});
    QCOMPARE(store.runs().one(run).finished.value(), 1.7e9 + 3);
}

void TestEventImport::restartedRunIsReplacedFromItsRestart() {
    const std::string begin = versionRecord(1.7e9) + scalarRecord("loss", 1, 1) + scalarRecord("loss", 2, 2) +
                              scalarRecord("loss", 3, 3);
    write(begin);
    const RunId run = import().runs.at(0).run;
    write(begin + restartRecord(2, 1.7e9 + 9) + scalarRecord("loss", 2, 5));
    QVERIFY(import().runs.at(0).kind == ImportOutcome::Kind::Updated);
    const RunStore store(database());
    const auto curve = wholeCurve(store, run, "loss");
    QCOMPARE(stepsOf(curve), (std::vector<std::int64_t>{1, 2}));
    QCOMPARE(curve[1].value, 5.0);
}

void TestEventImport::movedFolderIsRecognised() {
    write(versionRecord(1.7e9) + scalarRecord("loss", 1, 1), "first");
    const RunId run = import().runs.at(0).run;
    fs::rename(root() / "first", root() / "second");
    QCOMPARE(import().runs.at(0).run, run);
    write(versionRecord(1.8e9) + scalarRecord("loss", 1, 1), "other");
    QCOMPARE(import().runs.size(), std::size_t{2});
    QCOMPARE(RunStore(database()).runs().all().size(), std::size_t{2});
}

/// Each would replace the curves of the other at every import.
void TestEventImport::copiedFolderIsLeftOut() {
    const std::string begin = versionRecord(1.7e9) + scalarRecord("loss", 1, 1);
    write(begin + scalarRecord("loss", 2, 2), "a");
    write(begin + scalarRecord("loss", 2, 3), "b");
    const ImportReport report = import();
    QCOMPARE(report.runs.size(), std::size_t{1});
    QVERIFY(isClearMessage(report.problems.at(0), "\"b\" is a copy of \"a\""));
}

void TestEventImport::incompleteLastRecordIsNoProblem() {
    std::string bytes = versionRecord(1.7e9) + scalarRecord("loss", 1, 1) + scalarRecord("loss", 2, 2);
    bytes.pop_back();
    write(bytes);
    const ImportOutcome run = import().runs.at(0);
    QCOMPARE(run.points, std::int64_t{1});
    QVERIFY(run.problems.empty());
}

/// Runs that were imported before the stop remain.
void TestEventImport::everyRunIsToldAndAStopEndsTheImport() {
    for (const char *run : {"a", "b", "c"})
        write(versionRecord(1.7e9) + scalarRecord("loss", 1, 1), run, run[0] - 'a');
    std::stop_source stop;
    std::vector<std::string> told;
    const auto tell = [&](const ImportOutcome &run) {
        told.push_back(run.name);
        if (told.size() == 2)
            stop.request_stop();
    };
    QVERIFY(isClearMessage(
        thrownMessage<Interrupted>([&] { importEvents(root(), database(), stop.get_token(), tell); }),
        "cancelled"));
    QCOMPARE(told, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(RunStore(database()).runs().all().size(), std::size_t{2});
}

void TestEventImport::folderWithoutEventFilesIsRefused() {
    fs::create_directories(root() / "empty");
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { import(); }), "no TensorBoard event file"));
    QVERIFY(!fs::exists(database()));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { importEvents(root() / "missing", database()); }),
                           "is not a folder"));
}

SIMCLR_TEST(TestEventImport)
#include "tst_event_import.moc"
