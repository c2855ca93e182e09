// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/connection.h"
#include "core/store/migrations.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Files that are not run databases, or cannot be written: each refused in one sentence, and not changed.
class TestStoreFiles : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void newerFileIsRefusedUntouched();
    void newerFileWithAWriteAheadLogIsRefusedUntouched();
    void foreignDatabaseIsRefusedUntouched();
    void textFileIsRefusedUntouched();
    void shortFileIsRefused();
    void folderIsRefused();
    void damagedPagesAreReported();
    void missingTableIsReported();
    void folderThatCannotBeMadeIsNamed();
    void folderWithoutWritePermissionIsNamed();
    void fullDatabaseIsNamedAndLosesNothing();
    void fullDiskIsNamedAndLosesNothing();
    void readOnlyDiskCanBeLookedAt();
    void emptyFileBecomesADatabase();
    void folderIsMade();
    void strangeNamesAreJustNames();
    void olderFileIsBackedUpAndMigrated();
    void runsOfVersionFourHaveNoOrigin();
    void damagedRecordsDoNotStopTheMigration();
    void failedMigrationChangesNothing();

  private:
    fs::path path(const std::string &name) const { return folderOf(*m_directory) / name; }
    std::map<std::string, std::string> contents() const;
    std::string openMessage(const fs::path &file) const;
    RunId makeDatabase(const fs::path &file) const;
    static bool mountSmallDisk(const fs::path &folder);
    static std::string fillDisk(const fs::path &folder);
    std::string answerOnSmallDisk(const std::function<std::string(const fs::path &)> &work) const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestStoreFiles::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

/// The bytes of every file in the test's folder.
std::map<std::string, std::string> TestStoreFiles::contents() const {
    std::map<std::string, std::string> files;
    for (const fs::directory_entry &entry : fs::directory_iterator(folderOf(*m_directory)))
        if (entry.is_regular_file())
            files[entry.path().filename().native()] = readBytes(entry.path());
    return files;
}

std::string TestStoreFiles::openMessage(const fs::path &file) const {
    return thrownMessage<StorageError>([&] { RunStore{file}; });
}

RunId TestStoreFiles::makeDatabase(const fs::path &file) const {
    RunStore store(file);
    const RunId id = store.runs().create(sampleRun());
    store.metrics().add(id, lossPoints(1, 2000));
    return id;
}

void TestStoreFiles::newerFileIsRefusedUntouched() {
    makeDatabase(path("runs.sqlite"));
    SQLite::Database(path("runs.sqlite"), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
    const auto before = contents();
    QVERIFY(isClearMessage(openMessage(path("runs.sqlite")), "newer version"));
    QVERIFY(isClearMessage(openMessage(path("runs.sqlite")), "runs.sqlite"));
    QVERIFY(isClearMessage(
        thrownMessage<StorageError>([&] { RunStore(path("runs.sqlite"), RunStore::Access::ReadOnly); }),
        "newer version"));
    QVERIFY(contents() == before);
}

void TestStoreFiles::newerFileWithAWriteAheadLogIsRefusedUntouched() {
    // The newer version is in the log only, as after a crash of the newer program.
    makeDatabase(path("made.sqlite"));
    {
        SQLite::Database newer(path("made.sqlite"), SQLite::OPEN_READWRITE);
        newer.exec("PRAGMA user_version = 99");
        fs::copy_file(path("made.sqlite"), path("runs.sqlite"));
        fs::copy_file(path("made.sqlite-wal"), path("runs.sqlite-wal"));
    }
    fs::remove(path("made.sqlite"));
    const std::string before = readBytes(path("runs.sqlite"));
    const std::string logBefore = readBytes(path("runs.sqlite-wal"));
    QVERIFY(isClearMessage(openMessage(path("runs.sqlite")), "newer version"));
    QVERIFY(readBytes(path("runs.sqlite")) == before);
    QVERIFY(readBytes(path("runs.sqlite-wal")) == logBefore);
}

void TestStoreFiles::foreignDatabaseIsRefusedUntouched() {
    SQLite::Database(path("photos.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE photos (id INTEGER PRIMARY KEY); INSERT INTO photos VALUES (1)");
    const auto before = contents();
    QVERIFY(isClearMessage(openMessage(path("photos.db")), "another program"));
    QVERIFY(contents() == before);
}

void TestStoreFiles::textFileIsRefusedUntouched() {
    writeBytes(path("notes.txt"), std::string(5000, 'x'));
    const auto before = contents();
    QVERIFY(isClearMessage(openMessage(path("notes.txt")), "not a SQLite file"));
    QVERIFY(isClearMessage(openMessage(path("notes.txt")), "notes.txt"));
    QVERIFY(contents() == before);
}

void TestStoreFiles::shortFileIsRefused() {
    writeBytes(path("short.sqlite"), "SQLite");
    QVERIFY(isClearMessage(openMessage(path("short.sqlite")), "not a SQLite file"));
}

void TestStoreFiles::folderIsRefused() {
    QVERIFY(isClearMessage(openMessage(folderOf(*m_directory)), "not a regular file"));
}

void TestStoreFiles::damagedPagesAreReported() {
    const RunId id = makeDatabase(path("runs.sqlite"));
    std::string bytes = readBytes(path("runs.sqlite"));
    constexpr std::size_t page = 4096;
    QVERIFY(bytes.size() > 8 * page);
    std::fill(bytes.begin() + page, bytes.end(), '\x5A');
    writeBytes(path("runs.sqlite"), bytes);
    const std::string message =
        thrownMessage<StorageError>([&] { RunStore(path("runs.sqlite")).metrics().curve(id, "loss"); });
    QVERIFY2(isClearMessage(message, "damaged"), message.c_str());
    QVERIFY(isClearMessage(message, "runs.sqlite"));
}

void TestStoreFiles::missingTableIsReported() {
    makeDatabase(path("runs.sqlite"));
    SQLite::Database(path("runs.sqlite"), SQLite::OPEN_READWRITE).exec("DROP TABLE events");
    QVERIFY(isClearMessage(openMessage(path("runs.sqlite")), "events"));
}

void TestStoreFiles::folderThatCannotBeMadeIsNamed() {
    writeBytes(path("file"), "a regular file");
    QVERIFY(isClearMessage(openMessage(path("file") / "runs.sqlite"), "runs.sqlite"));
    QVERIFY(isClearMessage(openMessage(path("file") / "deeper" / "runs.sqlite"), "deeper"));
    QVERIFY(isClearMessage(openMessage("/proc/none/runs.sqlite"), "/proc/none"));
}

void TestStoreFiles::folderWithoutWritePermissionIsNamed() {
    if (::geteuid() == 0)
        QSKIP("permissions do not bind root");
    fs::create_directory(path("locked"));
    fs::permissions(path("locked"), fs::perms::owner_read | fs::perms::owner_exec);
    QVERIFY(isClearMessage(openMessage(path("locked") / "runs.sqlite"), "cannot be written to"));
    fs::permissions(path("locked"), fs::perms::owner_all);
}

void TestStoreFiles::fullDatabaseIsNamedAndLosesNothing() {
    const RunId id = makeDatabase(path("runs.sqlite"));
    {
        Connection connection(path("runs.sqlite"));
        SQLite::Database &database = connection.database();
        const int pages = database.execAndGet("PRAGMA page_count").getInt();
        database.exec("PRAGMA max_page_count = " + std::to_string(pages + 2));
        const std::vector<KeyedMetric> points = lossPoints(2001, 9000);
        Metrics metrics(connection);
        const std::string message = thrownMessage<StorageError>([&] { metrics.add(id, points); });
        QVERIFY2(isClearMessage(message, "disk is full"), message.c_str());
        QVERIFY(isClearMessage(message, "runs.sqlite"));
        QCOMPARE(metrics.curve(id, "loss").size(), std::size_t{2000});
        QCOMPARE(Runs(connection).one(id).lastStep, std::int64_t{2000});
    }
    RunStore store(path("runs.sqlite"));
    store.metrics().add(id, lossPoints(2001, 9000));
    QCOMPARE(store.metrics().curve(id, "loss").size(), std::size_t{9000});
}

/// Writes until the disk is full. Returns what was thrown, and whether points were lost.
std::string TestStoreFiles::fillDisk(const fs::path &folder) {
    std::int64_t stored = 0;
    std::string message;
    try {
        RunStore store(folder / "runs.sqlite");
        const RunId id = store.runs().create(sampleRun());
        for (; stored < 100'000; stored += 500)
            store.metrics().add(id, lossPoints(stored + 1, stored + 500));
    } catch (const std::exception &error) {
        message = error.what();
    }
    try {
        RunStore store(folder / "runs.sqlite", RunStore::Access::ReadOnly);
        const auto kept = static_cast<std::int64_t>(store.metrics().curve(1, "loss").size());
        return kept == stored ? message : message + "; points were lost";
    } catch (const std::exception &error) {
        return message + "; cannot be read any more: " + error.what();
    }
}

/// A disk of 1 MiB that only this process sees and that disappears with it.
bool TestStoreFiles::mountSmallDisk(const fs::path &folder) {
    const uid_t user = ::geteuid();
    if (::unshare(CLONE_NEWNS) != 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
            return false;
        writeBytes("/proc/self/uid_map", "0 " + std::to_string(user) + " 1");
    }
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("none", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
}

/// The message of `work` in a separate process with a small disk; "no mount" if that is not possible.
std::string
TestStoreFiles::answerOnSmallDisk(const std::function<std::string(const fs::path &)> &work) const {
    int channel[2] = {};
    if (::pipe(channel) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        const bool isMounted = mountSmallDisk(folderOf(*m_directory));
        const std::string answer = isMounted ? work(folderOf(*m_directory)) : "no mount";
        ::_exit(::write(channel[1], answer.data(), answer.size()) > 0 ? 0 : 1);
    }
    ::close(channel[1]);
    std::array<char, 1024> buffer{};
    const ssize_t length = ::read(channel[0], buffer.data(), buffer.size());
    ::close(channel[0]);
    ::waitpid(child, nullptr, 0);
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, length))};
}

void TestStoreFiles::readOnlyDiskCanBeLookedAt() {
    const std::string message = answerOnSmallDisk([this](const fs::path &folder) -> std::string {
        const fs::path file = folder / "runs #1 100%.sqlite";
        makeDatabase(file);
        if (::mount("none", folder.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0)
            return "no mount";
        try {
            return std::to_string(RunStore(file, RunStore::Access::ReadOnly).runs().all().size()) + " runs";
        } catch (const std::exception &error) {
            return error.what();
        }
    });
    if (message == "no mount")
        QSKIP("this system does not allow mounting a disk");
    QCOMPARE(message, std::string("1 runs"));
}

void TestStoreFiles::fullDiskIsNamedAndLosesNothing() {
    const std::string message = answerOnSmallDisk(&TestStoreFiles::fillDisk);
    if (message == "no mount")
        QSKIP("this system does not allow mounting a small disk");
    QVERIFY2(isClearMessage(message, "disk is full"), message.c_str());
    QVERIFY2(!contains(message, ";"), message.c_str());
}

void TestStoreFiles::emptyFileBecomesADatabase() {
    writeBytes(path("runs.sqlite"), "");
    makeDatabase(path("runs.sqlite"));
    QCOMPARE(RunStore(path("runs.sqlite")).runs().all().size(), std::size_t{1});
    SQLite::Database database(path("runs.sqlite"));
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), storeVersion());
    QCOMPARE(database.execAndGet("PRAGMA application_id").getInt(), storeApplicationId);
    QCOMPARE(database.execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
    QCOMPARE(database.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    QVERIFY(!fs::exists(path("runs.sqlite.v0.backup")));
}

void TestStoreFiles::folderIsMade() {
    makeDatabase(path("a") / "b" / "runs.sqlite");
    QVERIFY(fs::is_regular_file(path("a") / "b" / "runs.sqlite"));
}

void TestStoreFiles::strangeNamesAreJustNames() {
    const fs::path before = fs::current_path();
    fs::current_path(folderOf(*m_directory));
    for (const std::string name : {":memory:", "file:runs.sqlite?mode=memory", "caf\xE9 'x'.sqlite"}) {
        makeDatabase(name);
        QVERIFY2(fs::is_regular_file(path(name)), name.c_str());
        QCOMPARE(RunStore(name).runs().all().size(), std::size_t{1});
    }
    fs::current_path(before);
    for (const auto &[name, bytes] : contents()) // QTemporaryDir cannot delete them all
        fs::remove(path(name));
}

void TestStoreFiles::olderFileIsBackedUpAndMigrated() {
    const fs::path file = path("runs.sqlite");
    makeDatabase(file);
    const int version = storeVersion();
    std::vector<Migration> steps(storeMigrations().begin(), storeMigrations().end());
    steps.push_back({version + 1, "ALTER TABLE runs ADD COLUMN colour TEXT; UPDATE runs SET colour = 'red'"});
    steps.push_back({version + 2, "CREATE TABLE studies (id INTEGER PRIMARY KEY)"});
    {
        SQLite::Database database(file, SQLite::OPEN_READWRITE);
        migrate(database, file, steps);
        QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), version + 2);
        QCOMPARE(database.execAndGet("SELECT colour FROM runs").getString(), std::string("red"));
        QVERIFY(database.tableExists("studies"));
        QCOMPARE(database.execAndGet("SELECT count FROM metric_summaries").getInt(), 2000);
    }
    const fs::path backup = path("runs.sqlite.v" + std::to_string(version) + ".backup");
    QVERIFY(fs::is_regular_file(backup));
    RunStore old(backup);
    QCOMPARE(old.runs().all().size(), std::size_t{1});
    QCOMPARE(old.metrics().curve(old.runs().all().at(0).id, "loss").size(), std::size_t{2000});
    QVERIFY(isClearMessage(openMessage(file), "newer version"));
}

/// As written by the version before origins were stored.
void TestStoreFiles::runsOfVersionFourHaveNoOrigin() {
    const fs::path file = path("runs.sqlite");
    {
        SQLite::Database database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(database, file, storeMigrations().first(4));
        database.exec(
            "INSERT INTO runs (name, status, config, pipeline, dataset_source, dataset_title, "
            "dataset_fingerprint, dataset_train, dataset_validation, dataset_test, dataset_classes, "
            "dataset_broken, seed, device, precision, program_version, libraries, created, total_steps, "
            "total_epochs, process_number, process_start, process_boot) VALUES ('old', 'completed', '{}', "
            "'{}', 'shapes', 'Shapes', 'aa', 1, 1, 1, 2, 0, 1, 'cpu', 'fp32', '0.1', '{}', 1, 10, 2, 1, 1, "
            "'')");
    }
    RunStore store(file);
    QVERIFY(fs::is_regular_file(path("runs.sqlite.v4.backup")));
    QCOMPARE(store.runs().one(1).name, std::string("old"));
    QVERIFY(!store.runs().one(1).origin);
    NewRun continued = sampleRun();
    continued.origin = {1, "old", 10, 2, 0.5, {{"epochs", {2, 4}}}};
    const RunRecord read = store.runs().one(store.runs().create(continued));
    QVERIFY(toJson(*read.origin) == toJson(*continued.origin));
    QCOMPARE(read.lastStep, std::int64_t{10});
    QCOMPARE(read.lastEpoch, 2.0);
    SQLite::Database(file, SQLite::OPEN_READWRITE)
        .exec("UPDATE runs SET origin = '{\"run\": 1}' WHERE id = 2");
    QVERIFY(isClearMessage(thrownMessage<StorageError>([&] { store.runs().one(2); }), "damaged"));
}

/// They are reported when they are read; the other runs have their options.
void TestStoreFiles::damagedRecordsDoNotStopTheMigration() {
    const fs::path file = path("runs.sqlite");
    {
        SQLite::Database database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(database, file, storeMigrations().first(7));
        for (const char *config : {"[", R"({"batch": 8})"})
            database.exec(std::string("INSERT INTO runs (name, status, config, pipeline, dataset_source, "
                                      "dataset_title, dataset_fingerprint, dataset_train, "
                                      "dataset_validation, dataset_test, dataset_classes, dataset_broken, "
                                      "seed, device, precision, program_version, libraries, created, "
                                      "total_steps, total_epochs, process_number, process_start, "
                                      "process_boot) VALUES ('old', 'completed', '") +
                          config +
                          "', '{}', 'shapes', 'Shapes', 'aa', 1, 1, 1, 2, 0, 1, 'cpu', 'fp32', '0.1', '{}', "
                          "1, 10, 2, 1, 1, '')");
        database.exec("INSERT INTO results (run, key, epoch, value, detail, dataset_title, dataset_earlier) "
                      "VALUES (1, '{\"protocol\":\"tea\"}', 1, 0.5, '{}', '', 0)");
    }
    const RunStore store(file);
    QVERIFY(isClearMessage(thrownMessage<StorageError>([&] { store.runs().one(1); }), "damaged"));
    QCOMPARE(store.options().column("batch").size(), std::size_t{1});
    QVERIFY(store.options().column("batch").at(2) == OptionValue(std::int64_t{8}));
}

void TestStoreFiles::failedMigrationChangesNothing() {
    const fs::path file = path("runs.sqlite");
    makeDatabase(file);
    std::vector<Migration> steps(storeMigrations().begin(), storeMigrations().end());
    steps.push_back({storeVersion() + 1, "UPDATE runs SET name = 'changed'; CREATE TABLE runs (id)"});
    {
        SQLite::Database database(file, SQLite::OPEN_READWRITE);
        QVERIFY_EXCEPTION_THROWN(migrate(database, file, steps), SQLite::Exception);
    }
    RunStore store(file);
    QCOMPARE(store.runs().all().at(0).name, sampleRun().name);
}

SIMCLR_TEST(TestStoreFiles, QCoreApplication)
#include "tst_store_files.moc"
