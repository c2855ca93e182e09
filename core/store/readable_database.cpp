// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/readable_database.h"

#include "core/store/database_folder.h"
#include "core/store/older_database.h"
#include "core/store/run_store.h"
#include "core/store/storage_error.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <cstdlib>
#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr int patienceMs = 10'000;

/// A connection without the checks of Connection, which refuses older versions.
SQLite::Database openToRead(const fs::path &absolute) {
    if (isImmutable(absolute))
        return SQLite::Database(immutableUri(absolute), SQLite::OPEN_READONLY | SQLite::OPEN_URI, patienceMs);
    return SQLite::Database(absolute.native(), SQLite::OPEN_READONLY, patienceMs);
}

fs::path makeTemporaryFolder() {
    std::error_code failure;
    const fs::path parent = fs::temp_directory_path(failure);
    std::string name = ((failure ? fs::path("/tmp") : parent) / "simclr-import-XXXXXX").native();
    if (::mkdtemp(name.data()) == nullptr)
        throw StorageError("cannot create a temporary folder in " + displayName(parent));
    return name;
}

/// VACUUM INTO writes a consistent copy, whatever other connections do.
void copyDatabase(const fs::path &file, const fs::path &target) {
    try {
        SQLite::Database database = openToRead(fs::absolute(file));
        SQLite::Statement copy(database, "VACUUM INTO ?");
        copy.bind(1, target.native());
        copy.exec();
    } catch (const SQLite::Exception &error) {
        throwStorageError(file, error);
    }
}

} // namespace

ReadableDatabase::ReadableDatabase(const fs::path &file) {
    try {
        m_store = std::make_unique<RunStore>(file, RunStore::Access::ReadOnly);
    } catch (const OlderDatabase &) { // anything else that Connection refuses is not opened in another way
        openCopy(file);
    }
}

ReadableDatabase::~ReadableDatabase() {
    m_store.reset();
    std::error_code ignored;
    if (isCopy())
        fs::remove_all(m_folder, ignored);
}

void ReadableDatabase::openCopy(const fs::path &file) {
    m_folder = makeTemporaryFolder();
    try {
        const fs::path copy = m_folder / "runs.sqlite";
        copyDatabase(file, copy);
        m_store = std::make_unique<RunStore>(copy);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
        throw;
    }
}

std::string ReadableDatabase::identity() const {
    return m_store->connection().guarded([&] {
        SQLite::Database database = openToRead(fs::absolute(m_store->connection().file()));
        return database.execAndGet("SELECT id FROM identity").getString();
    });
}

fs::path ReadableDatabase::storedPath(const fs::path &path) const {
    const fs::path relative = isCopy() ? path.lexically_relative(m_folder) : fs::path();
    const bool isBelow = !relative.empty() && *relative.begin() != "..";
    return isBelow ? relative : path;
}

} // namespace simclr
