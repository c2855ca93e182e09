// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"

#include "core/store/migrations/steps.h"
#include "core/store/process_id.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <array>
#include <mutex>
#include <string>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

int versionOf(SQLite::Database &database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

/// VACUUM INTO writes a consistent copy, whatever other connections do; the rename makes it appear complete.
void backUp(SQLite::Database &database, const fs::path &file, int version) {
    fs::path target = file;
    target += ".v" + std::to_string(version) + ".backup";
    fs::path temporary = target;
    temporary += ".tmp" + std::to_string(::getpid());
    std::error_code ignored;
    fs::remove(temporary, ignored);
    try {
        SQLite::Statement copy(database, "VACUUM INTO ?");
        copy.bind(1, temporary.native());
        copy.exec();
        std::error_code failure;
        fs::rename(temporary, target, failure);
        if (failure)
            throw StorageError("cannot back up the run database to " + displayName(target) + ": " +
                               failure.message());
    } catch (...) {
        fs::remove(temporary, ignored);
        throw;
    }
}

/// A program of an earlier version keeps writing its own tables, which later ones do not understand.
void refuseLiveWriters(SQLite::Database &database, const fs::path &file) {
    SQLite::Statement query(database, "SELECT id, process_number, process_start, process_boot FROM runs "
                                      "WHERE status = 'running'");
    while (query.executeStep())
        if (const ProcessId process{query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
                                    query.getColumn(3).getString()};
            isAlive(process) && process.number != ::getpid())
            throw StorageError(displayName(file) +
                               " is being written by an earlier version of the program: run " +
                               std::to_string(query.getColumn(0).getInt64()) +
                               " is training; open it when the run has ended");
}

/// All in one transaction, so that no other process sees a database between two versions.
void apply(SQLite::Database &database, const fs::path &file, std::span<const Migration> steps) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (versionOf(database) > 0 && versionOf(database) < steps.back().version)
        refuseLiveWriters(database, file);
    for (const Migration &migration : steps) {
        if (versionOf(database) >= migration.version)
            continue; // another process was faster
        database.exec(migration.statements);
        if (migration.convert != nullptr)
            migration.convert(database);
        database.exec("PRAGMA application_id = " + std::to_string(storeApplicationId));
        database.exec("PRAGMA user_version = " + std::to_string(migration.version));
    }
    transaction.commit();
}

} // namespace

std::span<const Migration> storeMigrations() {
    using namespace migrations;
    static const std::array all{version1, version2, version3, version4,  version5, version6,
                                version7, version8, version9, version10, version11};
    return all;
}

int storeVersion() {
    return storeMigrations().back().version;
}

void migrate(SQLite::Database &database, const fs::path &file, std::span<const Migration> steps) {
    static std::mutex oneAtATime; // threads of this process would write the same backup
    const std::lock_guard lock(oneAtATime);
    const int version = versionOf(database);
    if (version >= steps.back().version)
        return;
    if (version > 0)
        backUp(database, file, version);
    apply(database, file, steps);
}

} // namespace simclr
