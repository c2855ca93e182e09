// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

namespace SQLite {
class Database;
}

namespace simclr {

/// One step of the database's format, from version − 1 to `version`: statements, and then what statements
/// alone cannot do.
struct Migration {
    int version = 0;
    const char *statements = nullptr;
    void (*convert)(SQLite::Database &database) = nullptr;
};

/// "SCLR": marks our files in SQLite's header.
inline constexpr int storeApplicationId = 0x53434C52;

/// Every migration there is, oldest first.
std::span<const Migration> storeMigrations();

/// The version that this program writes.
int storeVersion();

/// Leads `database` through the migrations that it has not seen, each in a transaction of its own. Where it
/// holds anything yet, a copy is first put beside `file` as "<file>.v<version>.backup". Throws
/// SQLite::Exception; the database is then at the last version that it reached.
void migrate(SQLite::Database &database, const std::filesystem::path &file,
             std::span<const Migration> migrations);

} // namespace simclr
