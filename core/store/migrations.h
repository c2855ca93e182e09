// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

namespace SQLite {
class Database;
}

namespace simclr {

/// One step of the database's format, from the version before to `version`: SQL statements, then optional
/// code.
struct Migration {
    int version = 0;
    const char *statements = nullptr;
    void (*convert)(SQLite::Database &database) = nullptr;
};

/// "SCLR": marks our files in SQLite's header.
inline constexpr int storeApplicationId = 0x53434C52;

/// All migrations, oldest first.
std::span<const Migration> storeMigrations();

/// The version that this program writes.
int storeVersion();

/// Applies the pending migrations to `database`, each in its own transaction. If it has content, a backup is
/// first written next to `file` as "<file>.v<version>.backup". Throws SQLite::Exception; the database is then
/// at the last version that it reached.
void migrate(SQLite::Database &database, const std::filesystem::path &file,
             std::span<const Migration> migrations);

} // namespace simclr
