// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/curves_csv.h"
#include "core/exchange/import_source.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// What the dialogs of the window show of files before they import them.
class TestImportSource : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_directory = std::make_unique<QTemporaryDir>();
        m_database = folderOf(*m_directory) / "runs.sqlite";
    }
    void sourcesAreRecognised();
    void eventFilesAreListed();
    void knownRunsOfEventFiles();
    void undecidedColumnsOfATable();
    void knownRunsOfADatabase();
    void chosenRunsAreImported();
    void nothingIsChangedByAPreview();
    void curvesAreWrittenAsCsv();

  private:
    fs::path otherDatabase() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path m_database;
};

/// With two runs.
fs::path TestImportSource::otherDatabase() const {
    const fs::path file = folderOf(*m_directory) / "other.sqlite";
    RunStore store(file);
    for (const char *name : {"first", "second"}) {
        NewRun run = sampleRun(name);
        run.config["batch"] = std::string(name).size(); // otherwise their identities are equal
        const RunId id = store.runs().create(run);
        store.metrics().add(id, lossPoints(1, 5));
        store.runs().finish(id, RunStatus::Completed, "", "");
    }
    return file;
}

void TestImportSource::sourcesAreRecognised() {
    const auto kindOf = [](const std::vector<fs::path> &paths) {
        const auto source = recognisedSource(paths);
        return source ? static_cast<int>(source->kind) : -1;
    };
    const fs::path folder = dataFile("event_files");
    QCOMPARE(kindOf({folder}), int(ImportKind::EventFiles));
    for (const auto &entry : fs::recursive_directory_iterator(folder))
        if (entry.path().filename().native().find("tfevents") != std::string::npos) {
            QCOMPARE(kindOf({entry.path()}), int(ImportKind::EventFiles));
            QCOMPARE(recognisedSource({entry.path()})->paths.front(), entry.path().parent_path());
        }
    const fs::path csv = dataFile("trackers/wandb_panel.csv");
    QCOMPARE(kindOf({csv}), int(ImportKind::Csv));
    QCOMPARE(kindOf({csv, dataFile("trackers/wandb_accuracy.csv")}), int(ImportKind::Csv));
    QCOMPARE(kindOf({csv, folder}), -1);
    QCOMPARE(kindOf({otherDatabase()}), int(ImportKind::Database));
    QCOMPARE(kindOf({dataFile("golden")}), -1);
    QCOMPARE(kindOf({folderOf(*m_directory) / "missing"}), -1);
    QCOMPARE(kindOf({}), -1);
}

void TestImportSource::eventFilesAreListed() {
    const ImportPreview preview =
        previewImport({ImportKind::EventFiles, {dataFile("event_files")}}, m_database);
    QVERIFY(preview.runs.size() >= 3);
    QCOMPARE(preview.runs.front().detail, std::string("1 event file"));
    QVERIFY(std::ranges::any_of(preview.runs, [](const FoundRun &run) { return run.name == "tf2/run"; }));
    QVERIFY(std::ranges::none_of(preview.runs, [](const FoundRun &run) { return run.known.has_value(); }));
}

/// Before an import it says which runs are here already.
void TestImportSource::knownRunsOfEventFiles() {
    const ImportSource source{ImportKind::EventFiles, {dataFile("event_files")}};
    const ImportReport report = importFrom(source, m_database, {});
    for (const FoundRun &run : previewImport(source, m_database).runs) {
        const auto done = std::ranges::find(report.runs, run.name, &ImportOutcome::name);
        if (done != report.runs.end())
            QCOMPARE(run.known, std::optional(done->run));
        else
            QVERIFY2(run.isUncertain || !run.known, run.name.c_str()); // a part of another, or left out
    }
}

/// They become options until the user says that they are metrics.
void TestImportSource::undecidedColumnsOfATable() {
    const ImportSource source{ImportKind::Csv, {dataFile("trackers/wandb_runs.csv")}};
    const ImportPreview preview = previewImport(source, m_database);
    QCOMPARE(preview.runs.size(), std::size_t{2});
    QVERIFY(std::ranges::count(preview.undecided, "test/acc") == 1);
    QVERIFY(std::ranges::count(preview.undecided, "Name") == 0);
    ImportChoice choice;
    choice.metrics = {"test/acc"};
    QCOMPARE(importFrom(source, m_database, choice).runs.size(), std::size_t{2});
    QVERIFY(std::ranges::count(RunStore(m_database).metrics().keys(1), "test/acc") == 1);
    QVERIFY(previewImport(source, m_database).runs.front().known.has_value());
    QVERIFY(previewImport({ImportKind::Csv, {dataFile("trackers/mlflow_runs.csv")}}, m_database)
                .undecided.empty()); // its titles state what they are
}

void TestImportSource::knownRunsOfADatabase() {
    const ImportSource source{ImportKind::Database, {otherDatabase()}};
    const ImportPreview before = previewImport(source, m_database);
    QCOMPARE(before.runs.size(), std::size_t{2});
    QCOMPARE(before.runs[0].name, std::string("second")); // newest first
    QCOMPARE(before.runs[0].detail, std::string("completed"));
    QVERIFY(!before.runs[0].known);
    importFrom(source, m_database, {});
    const ImportPreview after = previewImport(source, m_database);
    QCOMPARE(after.runs[0].known, std::optional<RunId>(2));
    QCOMPARE(after.runs[1].known, std::optional<RunId>(1));
}

void TestImportSource::chosenRunsAreImported() {
    const ImportSource source{ImportKind::Database, {otherDatabase()}};
    ImportChoice choice;
    choice.runs.runs = {2};
    int told = 0;
    importFrom(source, m_database, choice, {}, [&told](const ImportOutcome &) { ++told; });
    QCOMPARE(told, 1);
    const auto runs = RunStore(m_database).runs().all();
    QCOMPARE(runs.size(), std::size_t{1});
    QCOMPARE(runs[0].name, std::string("second"));
}

void TestImportSource::nothingIsChangedByAPreview() {
    previewImport({ImportKind::Database, {otherDatabase()}}, m_database);
    previewImport({ImportKind::Csv, {dataFile("trackers/wandb_runs.csv")}}, m_database);
    QVERIFY(!fs::exists(m_database));
    QVERIFY(isClearMessage(
        thrownMessage<InvalidInput>([&] {
            previewImport({ImportKind::Csv, {dataFile("event_files/expected.json")}}, m_database);
        }),
        "expected.json"));
}

void TestImportSource::curvesAreWrittenAsCsv() {
    RunStore store(m_database);
    const RunId run = store.runs().create(sampleRun("=1+1, a"));
    store.metrics().add(run, lossPoints(1, 3));
    const fs::path file = folderOf(*m_directory) / "curves.csv";
    QCOMPARE(exportCurvesCsv(store, std::vector{run}, file), std::int64_t{3});
    const std::string text = readBytes(file);
    QVERIFY2(text.starts_with("run,name,metric,step,epoch,seconds,value\n1,\"'=1+1, a\",loss,1,0.1,"),
             text.c_str());
    QCOMPARE(std::ranges::count(text, '\n'), std::ptrdiff_t{4});
    std::stop_source stop;
    stop.request_stop();
    const fs::path other = folderOf(*m_directory) / "other.csv";
    thrownMessage<Interrupted>([&] { exportCurvesCsv(store, std::vector{run}, other, stop.get_token()); });
    QVERIFY(!fs::exists(other));
}

SIMCLR_TEST(TestImportSource)
#include "tst_import_source.moc"
