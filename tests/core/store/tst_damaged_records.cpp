// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random/random.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Databases with invalid content: reported in one sentence that names the file and the reason.
class TestDamagedRecords : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void invalidColumns_data();
    void invalidColumns();
    void statusIsMarkedInTheShortList();
    void damagedBytes();
    void pipesBesideTheFile();
    void manyMembersAreComparedInTheirOrder();

  private:
    fs::path file() const { return folderOf(*m_directory) / "runs.sqlite"; }
    void makeDatabase() const;
    void readEverything() const;
    bool isToldByAll(const std::string &part) const;
    static bool isMarkedInLists(const RunStore &store, const std::string &part);

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

std::string deepObject() {
    constexpr int levels = 100'000;
    return (QByteArray(R"({"a":)").repeated(levels) + "1" + QByteArray("}").repeated(levels)).toStdString();
}

} // namespace

void TestDamagedRecords::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestDamagedRecords::makeDatabase() const {
    RunStore store(file());
    for (const char *name : {"first", "second"}) {
        const RunId run = store.runs().create(sampleRun(name));
        store.metrics().add(run, lossPoints(1, 50));
        store.results().add(run, measured("linear", "test", 10, 0.5, {{"epochs", 100}}));
        store.artifacts().add(run, ArtifactRecord{lastCheckpointKind,
                                                  RunPath(folderOf(*m_directory) / "a.safetensors"), 3, ""});
        store.events().add(run, "a note");
        store.runs().finish(run, RunStatus::Completed, "", std::string(64, 'c'));
    }
}

void TestDamagedRecords::readEverything() const {
    const RunStore store(file(), RunStore::Access::ReadOnly);
    for (const RunRecord &run : store.runs().all()) {
        toLine(toJson(store.runs().one(run.id), false));
        for (const std::string &key : store.metrics().keys(run.id))
            store.metrics().curve(run.id, key);
        for (const Result &result : run.results)
            store.results().predictions(run.id, result.key);
    }
}

bool TestDamagedRecords::isToldByAll(const std::string &part) const {
    const RunStore store(file());
    const std::string whole = "the run database " + displayName(file()) + " is damaged: " + part;
    const std::string message = thrownMessage<StorageError>([&] { store.runs().one(2); });
    if (!isClearMessage(message, whole)) {
        qWarning("%s", message.c_str());
        return false;
    }
    return store.runs().one(1).name == "first" && isMarkedInLists(store, part);
}

/// The other run and what can be read are there. The short list reads no documents.
bool TestDamagedRecords::isMarkedInLists(const RunStore &store, const std::string &part) {
    bool isRight = true;
    for (const auto &[runs, isShort] :
         {std::pair{store.runs().all(), false}, std::pair{store.runs().list().changed, true}})
        for (const RunRecord &run : runs) {
            isRight = isRight && run.name == (run.id == 1 ? "first" : "second") &&
                      (run.id != 1 || run.status == RunStatus::Completed);
            if (run.id == 2 && !isShort)
                isRight = isRight && run.status == RunStatus::Failed && contains(run.failure, part);
        }
    return isRight && store.runs().all().size() == 2 && store.runs().list().changed.size() == 2;
}

/// What every list reads.
void TestDamagedRecords::statusIsMarkedInTheShortList() {
    makeDatabase();
    SQLite::Database(file(), SQLite::OPEN_READWRITE)
        .exec("PRAGMA ignore_check_constraints = ON; UPDATE runs SET status = 'asleep' WHERE id = 2; UPDATE "
              "results SET detail = '[]' WHERE run = 1");
    const RunStore store(file());
    for (const RunRecord &run : store.runs().list().changed) {
        QCOMPARE(run.status, RunStatus::Failed);
        QVERIFY2(contains(run.failure, run.id == 2 ? "unknown status \"asleep\"" : "detail of a result"),
                 run.failure.c_str());
    }
}

void TestDamagedRecords::invalidColumns_data() {
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const std::string &statement, const char *told) {
        QTest::newRow(name) << QByteArray::fromStdString(statement) << QString::fromLatin1(told);
    };
    const auto set = [&](const std::string &assignment, const char *told) {
        row(assignment.c_str(), "UPDATE runs SET " + assignment + " WHERE id = 2", told);
    };
    set("config = '[1, 2]'", "the config of run 2 is not a JSON object");
    set("config = '7'", "the config of run 2 is not a JSON object");
    set("config = ''", "the config of run 2 is not valid JSON");
    set("config = x'00ff'", "the config of run 2 is not valid JSON");
    set("pipeline = '\"SimCLR\"'", "the pipeline of run 2 is not a JSON object");
    set("libraries = 'true'", "the libraries of run 2 is not a JSON object");
    set("status = 'asleep'", "a run has the unknown status \"asleep\"");
    const auto deep = [&](const char *column, const std::string &json) {
        row(column, std::string("UPDATE runs SET ") + column + " = '" + json + "' WHERE id = 2",
            (std::string("the ") + column + " of run 2 is nested too deeply").c_str());
    };
    deep("config", deepObject());
    deep("pipeline", R"({"steps":[)" + deepObject() + "]}");
    deep("libraries", R"({"libtorch":)" + deepObject() + "}");
    row("detail", "UPDATE results SET detail = '" + deepObject() + "' WHERE run = 2",
        "the detail of a result of run 2 is nested too deeply");
    row("detail of another kind", "UPDATE results SET detail = '[]' WHERE run = 2",
        "the detail of a result of run 2 is not a JSON object");
}

void TestDamagedRecords::invalidColumns() {
    QFETCH(QByteArray, statement);
    QFETCH(QString, told);
    makeDatabase();
    SQLite::Database(file(), SQLite::OPEN_READWRITE)
        .exec("PRAGMA ignore_check_constraints = ON; " + statement.toStdString());
    QVERIFY(isToldByAll(told.toStdString()));
}

void TestDamagedRecords::damagedBytes() {
    makeDatabase();
    SQLite::Database(file(), SQLite::OPEN_READWRITE).exec("PRAGMA journal_mode = DELETE");
    const std::string whole = readBytes(file());
    RandomStream draws({2, Purpose::Initialisation, 0, 0, 0});
    int told = 0;
    for (int i = 0; i < 500; ++i) {
        std::string damaged = whole;
        for (std::uint32_t changes = 1 + draws.below(20); changes > 0; --changes)
            damaged[draws.below(static_cast<std::uint32_t>(damaged.size()))] =
                static_cast<char>(draws.below(256));
        writeBytes(file(), damaged);
        const std::string message = thrownMessage<StorageError>([&] { readEverything(); });
        QVERIFY2(message == "nothing thrown" || isClearMessage(message, displayName(file())),
                 message.c_str());
        told += message == "nothing thrown" ? 0 : 1;
    }
    QVERIFY(told > 50);
}

/// SQLite would open them and wait.
void TestDamagedRecords::pipesBesideTheFile() {
    makeDatabase();
    for (const char *suffix : {"-journal", "-wal", "-shm"}) {
        const fs::path pipe = fs::path(file()) += suffix;
        fs::remove(pipe);
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        const std::string message = thrownMessage<StorageError>([&] { RunStore{file()}; });
        QVERIFY2(isClearMessage(message, displayName(pipe) + " is not a regular file"), message.c_str());
        fs::remove(pipe);
    }
    readEverything();
}

/// With a search through all paths for each of them, this would take hours.
void TestDamagedRecords::manyMembersAreComparedInTheirOrder() {
    constexpr int count = 200'000;
    std::vector<RunRecord> runs(2);
    runs[0].totalEpochs = runs[1].totalEpochs = 1;
    std::string text = "{";
    for (int i = 0; i < count; ++i)
        text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":1";
    runs[0].config = parseJson(text + R"(,"last":1})", "test");
    runs[1].config = parseJson(text + R"(,"late":1,"last":2})", "test");
    const std::vector<ConfigDifference> differences = configDifferences(runs);
    QCOMPARE(differences.size(), std::size_t{2});
    QCOMPARE(differences[0].path, std::string("config.late"));
    QCOMPARE(differences[1].path, std::string("config.last"));
}

SIMCLR_TEST(TestDamagedRecords)
#include "tst_damaged_records.moc"
