// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/connection.h"

#include "core/store/damaged_record.h"
#include "core/store/database_folder.h"
#include "core/store/file_header.h"
#include "core/store/migrations.h"
#include "core/store/older_database.h"
#include "core/store/query/curve_functions.h"
#include "core/store/storage_error.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/locked_files.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>
#include <map>
#include <mutex>
#include <optional>
#include <sqlite3.h>
#include <sys/stat.h>
#include <thread>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// The number of connections of this process per file. Closing any descriptor of a file drops every POSIX
/// lock that the process holds on it, SQLite's own included (sqlite.org/howtocorrupt.html, section 2.2); so
/// the bytes of a database may be read only while none of our connections has it open.
struct OpenFiles {
    std::mutex mutex;
    std::map<std::pair<dev_t, ino_t>, int> connections;
};

OpenFiles &openFiles() {
    static OpenFiles files;
    return files;
}

std::optional<std::pair<dev_t, ino_t>> inodeOf(const fs::path &file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        return std::nullopt;
    return std::pair(status.st_dev, status.st_ino);
}

/// Changing to WAL needs exclusive access and does not wait for it as other statements do. Without WAL the
/// database still works, only with less concurrency.
void useWriteAheadLog(SQLite::Database &database) {
    using namespace std::chrono_literals;
    for (int attempt = 0; attempt < 50; ++attempt) {
        if (database.tryExec("PRAGMA journal_mode = WAL") != SQLITE_BUSY)
            return;
        std::this_thread::sleep_for(10ms);
    }
}

void checkTables(SQLite::Database &database, const fs::path &file, int version) {
    const char *events = version < 6 ? "notes" : "events";
    for (const auto &[since, table] :
         std::initializer_list<std::pair<int, const char *>>{{1, "runs"},
                                                             {1, "metric_keys"},
                                                             {1, "metrics"},
                                                             {1, "results"},
                                                             {1, "artifacts"},
                                                             {1, events},
                                                             {2, "predictions"},
                                                             {4, "identity"},
                                                             {7, "jobs"},
                                                             {8, "metric_axes"},
                                                             {8, "metric_blocks"},
                                                             {8, "metric_summaries"},
                                                             {9, "option_keys"},
                                                             {9, "run_options"},
                                                             {9, "run_tags"},
                                                             {9, "saved_views"},
                                                             {10, "run_revisions"}})
        if (version >= since && !database.tableExists(table))
            throw StorageError(displayName(file) + " is damaged: its table \"" + table + "\" is missing");
}

void checkVersion(SQLite::Database &database, const fs::path &file, Connection::Access access) {
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    checkStoreVersion(version, file);
    if (access == Connection::Access::ReadOnly && version == 0)
        throw StorageError(displayName(file) + " contains no runs yet");
    checkTables(database, file, version);
    if (access == Connection::Access::ReadOnly && version < storeVersion())
        throw OlderDatabase(displayName(file) +
                            " was written by an older version of this program and must be opened for "
                            "writing once");
}

} // namespace

Connection::Connection(fs::path file, Access access, std::chrono::milliseconds patience)
    : m_file(std::move(file)), m_absolute(fs::absolute(m_file)), m_paths(m_file) {
    guarded([&] {
        open(access, patience);
        try {
            configure(access);
            identify();
        } catch (...) {
            close();
            throw;
        }
    });
}

Connection::~Connection() {
    close();
}

bool Connection::isStillThere() const {
    return inodeOf(m_absolute) == m_inode;
}

std::int64_t Connection::changeCounter() const {
    return guarded([&] {
        // data_version counts changes by other connections, total changes those by this one.
        const std::int64_t others = m_database->execAndGet("PRAGMA data_version").getInt64();
        return (others << 32) + m_database->getTotalChanges();
    });
}

void Connection::inTransaction(const std::function<void()> &change) {
    const bool isWithinAnother = sqlite3_get_autocommit(m_database->getHandle()) == 0;
    if (isWithinAnother)
        return guarded(change);
    guarded([&] {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        change();
        transaction.commit();
    });
}

void Connection::open(Access access, std::chrono::milliseconds patience) {
    const std::scoped_lock lock(openFiles().mutex);
    const auto inode = inodeOf(m_absolute);
    if (inode && !openFiles().connections.contains(*inode))
        checkFileHeader(m_file);
    checkFilesBeside(m_file);
    if (!inode && access == Access::ReadOnly)
        throw StorageError("there is no run database " + displayName(m_file));
    if (!inode)
        prepareFolder(m_file);
    else if (access == Access::ReadWrite && isFolderLocked(m_absolute))
        throw StorageError("the run database " + displayName(m_file) +
                           " cannot be written: its folder is write-protected");
    openDatabase(access, patience);
    m_inode = inodeOf(m_absolute).value_or(std::pair<dev_t, ino_t>{});
    ++openFiles().connections[m_inode];
    addLockedFile(m_inode);
}

/// By its whole path: names like ":memory:" and "file:x" are special in SQLite.
void Connection::openDatabase(Access access, std::chrono::milliseconds patience) {
    std::string name = m_absolute.native();
    int flags = SQLite::OPEN_READONLY;
    if (access == Access::ReadWrite) {
        flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    } else if (isImmutable(m_absolute)) {
        name = immutableUri(m_absolute);
        flags |= SQLite::OPEN_URI;
    }
    m_database = std::make_unique<SQLite::Database>(name, flags, static_cast<int>(patience.count()));
}

void Connection::configure(Access access) {
    sqlite3 *handle = m_database->getHandle();
    // Until the version is checked, closing must not move the write-ahead log into the file.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    checkVersion(*m_database, m_file, access);
    if (access == Access::ReadWrite && sqlite3_db_readonly(handle, "main") == 1)
        throw StorageError("the run database " + displayName(m_file) + " is write-protected");
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    addCurveFunctions(*m_database);
    m_database->exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
    if (access == Access::ReadOnly)
        return;
    migrate(*m_database, m_file, storeMigrations());
    useWriteAheadLog(*m_database);
}

void Connection::identify() {
    m_paths.setIdentity(m_database->execAndGet("SELECT id FROM identity").getString());
}

void Connection::close() noexcept {
    if (!m_database)
        return;
    const std::scoped_lock lock(openFiles().mutex);
    m_database.reset();
    removeLockedFile(m_inode);
    if (--openFiles().connections[m_inode] == 0)
        openFiles().connections.erase(m_inode);
}

void Connection::rethrow() const {
    try {
        throw;
    } catch (const SQLite::Exception &error) {
        throwStorageError(m_file, error);
    } catch (const DamagedRecord &error) {
        throw StorageError("the run database " + displayName(m_file) + " is damaged: " + error.what());
    }
}

} // namespace simclr
