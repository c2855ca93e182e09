// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/runs_import.h"
#include "core/store/migrations.h"
#include "core/util/error.h"
#include "core/util/hash.h"
#include "tests/core/exchange/event_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Imports of runs from another database.
class TestRunsImport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void everythingOfARunIsImported();
    void annotationsComeAlong();
    void runOfAnotherProcessIsNotDoubled();
    void importingAgainChangesNothing();
    void ownRunsAreRecognisedInACopy();
    void laterResultsComeBack();
    void resumedRunContinues();
    void runThatEndedDifferentlyIsNotChanged();
    void runningRunIsImportedAsInterrupted();
    void onlyChosenRunsAreImported();
    void originPointsToTheImportedRun();
    void filesMayBeLeftOutAndFollow();
    void filesOutsideTheOtherDatabaseAreNotRead();
    void oldDatabasesAreMigratedInACopy();
    void filesOfAnOldDatabaseAreCopied();
    void itselfAndOtherFilesAreRefused();

  private:
    fs::path other() const { return folderOf(*m_directory) / "other" / "runs.sqlite"; }
    fs::path database() const { return folderOf(*m_directory) / "own" / "runs.sqlite"; }
    ImportReport import(const RunsImportOptions &options = {}) const {
        return importRuns(other(), database(), options);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

/// A completed run with everything that a run can have.
RunId addRun(RunStore &store, const std::string &name = "crop") {
    const RunId run = store.runs().create(sampleRun(name));
    store.metrics().add(run, lossPoints(1, 100));
    Result result = measured("linear", "test", 10, 0.5);
    result.predictions = std::make_shared<const Predictions>(Predictions{{0, 1}, {0, 0}, {0, 1}});
    store.results().add(run, result);
    store.events().add(run, "a note");
    const fs::path checkpoint = store.artifacts().folder(run) / "checkpoint-000000100.safetensors";
    writeBytes(checkpoint, "weights of " + name);
    writeBytes(checkpoint.parent_path() / "initial.safetensors", "initial");
    store.artifacts().add(run, {lastCheckpointKind, RunPath(checkpoint), 100, "hash"});
    store.runs().finish(run, RunStatus::Completed, "", std::string(64, 'c'));
    return run;
}

std::size_t runCount(const fs::path &file) {
    SQLite::Database database(file.native());
    return static_cast<std::size_t>(database.execAndGet("SELECT COUNT(*) FROM runs").getInt());
}

std::string contentOf(const fs::path &folder) {
    std::vector<std::string> files;
    for (const auto &entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.file_size() > 0 && !contains(entry.path().native(), "-shm"))
            files.push_back(entry.path().native() + sha256(readBytes(entry.path())));
    std::ranges::sort(files);
    std::string all;
    for (const std::string &file : files)
        all += file + "\n";
    return all;
}

} // namespace

void TestRunsImport::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestRunsImport::everythingOfARunIsImported() {
    RunRecord expected;
    {
        RunStore store(other());
        addRun(store);
        expected = store.runs().one(addRun(store, "colour"));
    }
    const std::string before = contentOf(other().parent_path());
    const ImportReport report = import();
    QCOMPARE(report.runs.size(), std::size_t{2});
    QCOMPARE(contentOf(other().parent_path()), before);
    const RunStore store(database());
    const RunRecord run = store.runs().one(report.runs[1].run);
    QCOMPARE(run.name, std::string("colour"));
    QVERIFY(run.status == RunStatus::Completed);
    QCOMPARE(run.created, expected.created);
    QCOMPARE(run.finished.value(), expected.finished.value());
    QCOMPARE(toLine(run.config), toLine(expected.config));
    QCOMPARE(toLine(run.pipeline), toLine(expected.pipeline));
    QCOMPARE(toLine(run.libraries), toLine(expected.libraries));
    QCOMPARE(run.dataset.fingerprint, expected.dataset.fingerprint);
    QCOMPARE(run.weightsSha256, std::string(64, 'c'));
    QCOMPARE(run.lastStep, std::int64_t{100});
    QCOMPARE(store.metrics().curve(run.id, "loss").size(), std::size_t{100});
    QCOMPARE(run.results.size(), std::size_t{1});
    QCOMPARE(store.results().predictions(run.id, run.results[0].key).value().predicted,
             (std::vector<std::int32_t>{0, 1}));
    QCOMPARE(run.notes.at(0).message, std::string("a note"));
    QVERIFY(contains(run.notes.at(1).message, "run 2 of "));
    QCOMPARE(run.artifacts.size(), std::size_t{1});
    const fs::path file = run.artifacts[0].path.toRead();
    QCOMPARE(readBytes(file), std::string("weights of colour"));
    QVERIFY(file.native().starts_with(database().native() + ".runs/2/"));
    QCOMPARE(readBytes(file.parent_path() / "initial.safetensors"), std::string("initial"));
}

void TestRunsImport::annotationsComeAlong() {
    {
        RunStore store(other());
        const RunId run = addRun(store);
        store.annotations().change(
            std::vector{run},
            {.addedTags = {"paper", "final"}, .note = "# A note", .starred = true, .archived = true});
    }
    const RunId run = import().runs.at(0).run;
    const RunRecord added = RunStore(database()).runs().one(run);
    QCOMPARE(added.tags, (std::vector<std::string>{"final", "paper"}));
    QCOMPARE(added.note, std::string("# A note"));
    QVERIFY(added.starred && added.archived);
    RunStore(database()).annotations().change(std::vector{run}, {.removedTags = {"final"}, .note = "mine"});
    import(); // what the user has changed here remains
    const RunRecord again = RunStore(database()).runs().one(run);
    QCOMPARE(again.tags, std::vector<std::string>{"paper"});
    QCOMPARE(again.note, std::string("mine"));
}

/// The other process imports it after this one has looked which runs are known.
void TestRunsImport::runOfAnotherProcessIsNotDoubled() {
    {
        RunStore store(other());
        addRun(store);
    }
    const RunRecord record = RunStore(other()).runs().one(1);
    ForeignRuns first(database());
    QVERIFY(!first.find(runIdentity(record)));
    import();
    first.inTransaction([&] { QVERIFY(first.find(runIdentity(record)).has_value()); });
    try {
        first.inTransaction([&] {
            NewRun another = record;
            another.config["batch"] = 1;
            RunRecord copy = record;
            static_cast<NewRun &>(copy) = another;
            first.add(copy);
            throw InvalidInput("stop");
        });
    } catch (const InvalidInput &) {
    }
    RunRecord changed = record;
    changed.config["batch"] = 1;
    QVERIFY(!first.find(runIdentity(changed))); // it was not stored
}

void TestRunsImport::importingAgainChangesNothing() {
    {
        RunStore store(other());
        addRun(store);
    }
    const RunId run = import().runs.at(0).run;
    const RunRecord before = RunStore(database()).runs().one(run);
    const ImportOutcome again = import().runs.at(0);
    QCOMPARE(again.run, run);
    QVERIFY(again.kind == ImportOutcome::Kind::Known);
    QVERIFY(again.problems.empty());
    QCOMPARE(toLine(toJson(RunStore(database()).runs().one(run), false)), toLine(toJson(before, false)));
}

void TestRunsImport::ownRunsAreRecognisedInACopy() {
    {
        RunStore store(database());
        addRun(store);
    }
    fs::create_directories(other().parent_path());
    fs::copy_file(database(), other());
    const ImportReport report = import();
    QVERIFY(report.runs.at(0).kind == ImportOutcome::Kind::Known);
    QCOMPARE(RunStore(database()).runs().all().size(), std::size_t{1});
}

void TestRunsImport::laterResultsComeBack() {
    {
        RunStore store(other());
        addRun(store);
    }
    const RunId run = import().runs.at(0).run;
    RunStore(other()).results().add(1, measured("knn", "test", 10, 0.75));
    QVERIFY(import().runs.at(0).kind == ImportOutcome::Kind::Updated);
    QCOMPARE(RunStore(database()).runs().one(run).results.size(), std::size_t{2});
}

void TestRunsImport::resumedRunContinues() {
    {
        RunStore store(other());
        const RunId run = store.runs().create(sampleRun());
        store.metrics().add(run, lossPoints(1, 40));
        store.runs().finish(run, RunStatus::Interrupted, "", "");
    }
    const RunId run = import().runs.at(0).run;
    QVERIFY(RunStore(database()).runs().one(run).status == RunStatus::Interrupted);
    {
        RunStore store(other());
        store.runs().reopen(1, 30);
        store.metrics().add(1, lossPoints(31, 100));
        store.results().add(1, measured("linear", "test", 10, 0.5));
        store.runs().finish(1, RunStatus::Completed, "", "w");
    }
    const ImportOutcome again = import().runs.at(0);
    QCOMPARE(again.run, run);
    QVERIFY(again.kind == ImportOutcome::Kind::Updated);
    QCOMPARE(again.points, std::int64_t{60});
    const RunStore store(database());
    QCOMPARE(store.metrics().curve(run, "loss").size(), std::size_t{100});
    QVERIFY(store.runs().one(run).status == RunStatus::Completed);
    QCOMPARE(store.runs().one(run).weightsSha256, std::string("w"));
    QCOMPARE(store.runs().one(run).results.size(), std::size_t{1});
}

void TestRunsImport::runThatEndedDifferentlyIsNotChanged() {
    {
        RunStore store(other());
        addRun(store);
    }
    const RunId run = import().runs.at(0).run;
    RunStore(other()).runs().finish(1, RunStatus::Completed, "", std::string(64, 'd'));
    RunStore(other()).results().add(1, measured("knn", "test", 10, 0.75));
    const ImportOutcome again = import().runs.at(0);
    QVERIFY(again.kind == ImportOutcome::Kind::Known);
    QVERIFY(isClearMessage(again.problems.at(0), "ended differently"));
    QCOMPARE(RunStore(database()).runs().one(run).results.size(), std::size_t{1});
}

void TestRunsImport::runningRunIsImportedAsInterrupted() {
    {
        RunStore store(other());
        const RunId run = store.runs().create(sampleRun());
        store.metrics().add(run, lossPoints(1, 10));
    }
    const RunId run = import().runs.at(0).run;
    const RunRecord record = RunStore(database()).runs().one(run);
    QVERIFY(record.status == RunStatus::Interrupted);
    QVERIFY(contains(record.notes.back().message, "running there"));
    QVERIFY(RunStore(other()).runs().one(1).status == RunStatus::Running);
}

void TestRunsImport::onlyChosenRunsAreImported() {
    {
        RunStore store(other());
        for (const char *name : {"a", "b", "c"})
            addRun(store, name);
    }
    const ImportReport report = import({{3, 1, 3}, false});
    QCOMPARE(report.runs.size(), std::size_t{2});
    QCOMPARE(report.runs[1].name, std::string("c"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { import({{9}, false}); }), "no run 9"));
}

void TestRunsImport::originPointsToTheImportedRun() {
    {
        RunStore store(other());
        addRun(store, "first");
        addRun(store, "second");
        NewRun continued = sampleRun("continued");
        continued.origin = RunOrigin{2, "second", 100, 10, 0.1, Json::object()};
        store.runs().finish(store.runs().create(continued), RunStatus::Completed, "", "");
    }
    const RunId parent = import({{2}, false}).runs.at(0).run;
    const RunId run = import({{3}, false}).runs.at(0).run;
    const RunStore store(database());
    QCOMPARE(parent, RunId{1});
    QCOMPARE(store.runs().one(run).origin.value().run, parent);
    QCOMPARE(store.runs().one(run).lastStep, std::int64_t{100});
}

void TestRunsImport::filesMayBeLeftOutAndFollow() {
    {
        RunStore store(other());
        addRun(store);
    }
    const RunId run = import({{}, false}).runs.at(0).run;
    QVERIFY(RunStore(database()).runs().one(run).artifacts.empty());
    QVERIFY(import().runs.at(0).kind == ImportOutcome::Kind::Updated);
    QCOMPARE(RunStore(database()).runs().one(run).artifacts.size(), std::size_t{1});
}

/// A database from an untrusted source names files of this machine, a missing one and a pipe.
void TestRunsImport::filesOutsideTheOtherDatabaseAreNotRead() {
    writeBytes(folderOf(*m_directory) / "secret", "secret");
    fs::path pipe;
    {
        RunStore store(other());
        const RunId run = addRun(store);
        pipe = store.artifacts().folder(run) / "pipe";
        for (const fs::path &path : {fs::path("/etc/passwd"), folderOf(*m_directory) / "secret",
                                     store.artifacts().folder(run) / "missing", pipe})
            store.artifacts().add(run, {lastCheckpointKind, RunPath(path), 1, ""});
    }
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    const ImportOutcome outcome = import().runs.at(0);
    QCOMPARE(outcome.problems.size(), std::size_t{4});
    const RunRecord run = RunStore(database()).runs().one(outcome.run);
    QCOMPARE(run.artifacts.size(), std::size_t{1});
    QVERIFY(!fs::exists(fs::path(run.artifacts[0].path.toRead()).parent_path() / "secret"));
}

void TestRunsImport::oldDatabasesAreMigratedInACopy() {
    for (int version = 1; version < storeVersion(); ++version) {
        const fs::path old = folderOf(*m_directory) / ("version" + std::to_string(version)) / "runs.sqlite";
        const std::string bytes = readBytes(dataFile("stores/version" + std::to_string(version) + ".sqlite"));
        if (bytes.empty())
            continue; // a version without a stored database
        writeBytes(old, bytes);
        const ImportReport report = importRuns(old, folderOf(*m_directory) / "new.sqlite");
        QCOMPARE(report.runs.size(), runCount(old));
        QVERIFY(report.runs[0].kind == ImportOutcome::Kind::Added);
        QCOMPARE(readBytes(old), bytes);
        for (const ImportOutcome &run : importRuns(old, folderOf(*m_directory) / "new.sqlite").runs)
            QVERIFY(run.kind == ImportOutcome::Kind::Known);
    }
    for (const auto &entry : fs::directory_iterator(fs::temp_directory_path()))
        QVERIFY(!entry.path().filename().native().starts_with("simclr-import-"));
}

/// They are beside the old database, not beside its copy, which alone has an identity in versions before 4.
void TestRunsImport::filesOfAnOldDatabaseAreCopied() {
    for (const std::string version : {"3", "6"}) {
        const fs::path old = folderOf(*m_directory) / ("version" + version) / "runs.sqlite";
        writeBytes(old, readBytes(dataFile("stores/version" + version + ".sqlite")));
        writeBytes(old.native() + ".runs/1/checkpoint-000000010.safetensors", "weights of " + version);
        const fs::path target = folderOf(*m_directory) / "new.sqlite";
        const RunId run = importRuns(old, target).runs.at(0).run;
        const RunRecord record = RunStore(target).runs().one(run);
        QCOMPARE(record.artifacts.size(), std::size_t{1});
        QCOMPARE(readBytes(record.artifacts[0].path.toRead()), "weights of " + version);
    }
}

void TestRunsImport::itselfAndOtherFilesAreRefused() {
    {
        RunStore store(other());
        addRun(store);
    }
    QVERIFY(
        isClearMessage(thrownMessage<InvalidInput>([&] { importRuns(other(), other()); }), "imported into"));
    const fs::path text = folderOf(*m_directory) / "text";
    writeBytes(text, "no database");
    for (const fs::path &file :
         {text, folderOf(*m_directory) / "missing", fs::path("/dev/zero"), fs::path("/")})
        QVERIFY(
            isClearMessage(thrownMessage<StorageError>([&] { importRuns(file, database()); }), "database"));
    SQLite::Database(other().native(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 1000");
    QVERIFY(isClearMessage(thrownMessage<StorageError>([&] { import(); }), "newer version"));
}

SIMCLR_TEST(TestRunsImport)
#include "tst_runs_import.moc"
