// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database_file.h"

#include "core/store/file_header.h"
#include "core/store/migrations.h"
#include "core/util/control_characters.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Statement.h>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <sqlite3.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

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

void prepareFolder(const fs::path &file) {
    const fs::path folder = fs::absolute(file).parent_path();
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw StorageError("cannot create the folder " + displayName(folder) + " for the run database " +
                           displayName(file) + ": " + failure.message());
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        throw StorageError("cannot create the run database " + displayName(file) +
                           ": its folder cannot be written to: " + std::strerror(errno));
}

/// Whether files can be created next to a database.
bool isFolderLocked(const fs::path &absolute) {
    return ::access(absolute.parent_path().c_str(), W_OK) != 0;
}

/// Whether a write-ahead log contains data that is not in the file yet.
bool hasLog(const fs::path &absolute) {
    std::error_code failure;
    const auto size = fs::file_size(absolute.native() + "-wal", failure);
    return !failure && size > 0;
}

/// Reading a database in WAL mode creates an index of its log next to it. If none can be created and none
/// exists, as on a read-only disk, SQLite may read the file as immutable; but not if a log contains more
/// data.
bool mustStandStill(const fs::path &absolute) {
    std::error_code failure;
    const bool isOpenElsewhere = fs::exists(absolute.native() + "-shm", failure);
    return isFolderLocked(absolute) && !isOpenElsewhere && !hasLog(absolute);
}

/// The URI of a file that does not change (sqlite.org/uri.html).
std::string immutableUri(const fs::path &absolute) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char character : absolute.native()) {
        const auto byte = static_cast<unsigned char>(character);
        if (std::isalnum(byte) != 0 || character == '/')
            uri += character;
        else
            uri.append({'%', digits[byte / 16], digits[byte % 16]});
    }
    return uri + "?immutable=1";
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

void checkVersion(SQLite::Database &database, const fs::path &file, bool writable) {
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    checkStoreVersion(version, file);
    if (!writable && version < storeVersion())
        throw StorageError(displayName(file) + (version == 0
                                                    ? " contains no runs yet"
                                                    : " was written by an older version of this program and "
                                                      "must be opened for writing once"));
    const char *events = version < 6 ? "notes" : "events";
    for (const auto &[since, table] : std::initializer_list<std::pair<int, const char *>>{{1, "runs"},
                                                                                          {1, "metric_keys"},
                                                                                          {1, "metrics"},
                                                                                          {1, "results"},
                                                                                          {1, "artifacts"},
                                                                                          {1, events},
                                                                                          {2, "predictions"},
                                                                                          {4, "identity"}})
        if (version >= since && !database.tableExists(table))
            throw StorageError(displayName(file) + " is damaged: its table \"" + table + "\" is missing");
}

/// SQLite's message in one line: it quotes a table whose definition is damaged.
std::string reasonOf(const SQLite::Exception &error) {
    constexpr std::size_t longest = 200;
    const std::string whole = replaceControls(error.what(), [](char32_t) { return " "; });
    return toValidUtf8(whole.substr(0, longest)) + (whole.size() > longest ? " …" : "");
}

} // namespace

void throwStorageError(const fs::path &file, const SQLite::Exception &error) {
    const std::string name = displayName(file);
    const std::string reason = reasonOf(error);
    const std::string detail = " (" + reason + ")";
    switch (error.getErrorCode() & 0xFF) {
    case SQLITE_NOTADB:
        throw StorageError(name + " is not a run database: it is not a SQLite file");
    case SQLITE_CORRUPT:
        throw StorageError("the run database " + name + " is damaged" + detail);
    case SQLITE_FULL:
        throw StorageError("the run database " + name + " cannot be written: the disk is full");
    case SQLITE_READONLY:
        throw StorageError("the run database " + name + " is write-protected" + detail);
    case SQLITE_CANTOPEN:
        if (hasLog(fs::absolute(file)) && isFolderLocked(fs::absolute(file)))
            throw StorageError("the run database " + name + " cannot be opened in a read-only folder: the " +
                               "log next to it contains a part of it; copy " + name + " and " + name +
                               "-wal to another folder");
        throw StorageError("the run database " + name + " cannot be opened" + detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw DatabaseLocked("the run database " + name + " is locked by another program");
    case SQLITE_IOERR:
        throw StorageError("the run database " + name + " cannot be read or written" + detail);
    default:
        throw StorageError("the run database " + name + " failed: " + reason);
    }
}

void throwStorageError(const fs::path &file, const DamagedRecord &error) {
    throw StorageError("the run database " + displayName(file) + " is damaged: " + error.what());
}

DatabaseFile::DatabaseFile(const fs::path &file, bool writable, std::chrono::milliseconds patience)
    : m_file(fs::absolute(file)), m_patience(static_cast<int>(patience.count())) {
    translated(file, [&] {
        open(file, writable);
        try {
            configure(file, writable);
        } catch (...) {
            close();
            throw;
        }
    });
}

DatabaseFile::~DatabaseFile() {
    close();
}

bool DatabaseFile::isStillThere() const {
    return inodeOf(m_file) == m_inode;
}

void DatabaseFile::open(const fs::path &file, bool writable) {
    const fs::path absolute = fs::absolute(file); // names like ":memory:" and "file:x" are special in SQLite
    const std::scoped_lock lock(openFiles().mutex);
    const auto inode = inodeOf(absolute);
    if (inode && !openFiles().connections.contains(*inode))
        checkFileHeader(file);
    checkFilesBeside(file);
    if (!inode && !writable)
        throw StorageError("there is no run database " + displayName(file));
    if (!inode)
        prepareFolder(file);
    else if (writable && isFolderLocked(absolute))
        throw StorageError("the run database " + displayName(file) +
                           " cannot be written: its folder is write-protected");
    if (!writable && mustStandStill(absolute))
        m_database.emplace(immutableUri(absolute), SQLite::OPEN_READONLY | SQLite::OPEN_URI, m_patience);
    else
        m_database.emplace(absolute.native(),
                           writable ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY,
                           m_patience);
    m_inode = inodeOf(absolute).value_or(std::pair<dev_t, ino_t>{});
    ++openFiles().connections[m_inode];
}

void DatabaseFile::configure(const fs::path &file, bool writable) {
    sqlite3 *handle = m_database->getHandle();
    // Until the version is checked, closing must not move the write-ahead log into the file.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    checkVersion(*m_database, file, writable);
    if (writable && sqlite3_db_readonly(handle, "main") == 1)
        throw StorageError("the run database " + displayName(file) + " is write-protected");
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    m_database->exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
    if (!writable)
        return;
    migrate(*m_database, file, storeMigrations());
    useWriteAheadLog(*m_database);
}

void DatabaseFile::close() noexcept {
    if (!m_database)
        return;
    const std::scoped_lock lock(openFiles().mutex);
    m_database.reset();
    if (--openFiles().connections[m_inode] == 0)
        openFiles().connections.erase(m_inode);
}

} // namespace simclr
