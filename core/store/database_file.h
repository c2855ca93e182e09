// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/damaged_record.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <chrono>
#include <filesystem>
#include <optional>
#include <sys/types.h>
#include <utility>

namespace simclr {

/// Turns SQLite's error about `file` into a readable sentence.
[[noreturn]] void throwStorageError(const std::filesystem::path &file, const SQLite::Exception &error);

[[noreturn]] void throwStorageError(const std::filesystem::path &file, const DamagedRecord &error);

/// Runs `action`; exceptions of SQLite and DamagedRecord become a StorageError that names `file`.
template <typename Action>
decltype(auto) translated(const std::filesystem::path &file, Action &&action) {
    try {
        return std::forward<Action>(action)();
    } catch (const SQLite::Exception &error) {
        throwStorageError(file, error);
    } catch (const DamagedRecord &error) {
        throwStorageError(file, error);
    }
}

/// A connection to a run database, checked, migrated and configured. Owned by a RunStore, on whose thread it
/// lives.
class DatabaseFile {
  public:
    /// `patience` is how long a statement waits for other connections. Throws StorageError; a newer or
    /// foreign file is then unchanged, byte for byte.
    DatabaseFile(const std::filesystem::path &file, bool writable,
                 std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~DatabaseFile();
    DatabaseFile(const DatabaseFile &) = delete;
    DatabaseFile &operator=(const DatabaseFile &) = delete;

    SQLite::Database &database() { return *m_database; }
    /// Whether the opened file still exists under its name.
    bool isStillThere() const;

  private:
    void open(const std::filesystem::path &file, bool writable);
    void configure(const std::filesystem::path &file, bool writable);
    void close() noexcept;

    std::filesystem::path m_file;
    int m_patience; ///< milliseconds
    std::optional<SQLite::Database> m_database;
    std::pair<dev_t, ino_t> m_inode{};
};

} // namespace simclr
