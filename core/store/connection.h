// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/artifact_paths.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <sys/types.h>
#include <utility>

namespace SQLite {
class Database;
}

namespace simclr {

/// A connection to a run database, checked, migrated and configured. Owned by a RunStore, whose aggregates
/// all use it, on one thread.
class Connection {
  public:
    enum class Access { ReadWrite, ReadOnly };

    /// `patience` is how long a statement waits for other connections. Throws StorageError; a newer or
    /// foreign file is then unchanged, byte for byte.
    explicit Connection(std::filesystem::path file, Access access = Access::ReadWrite,
                        std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    const std::filesystem::path &file() const { return m_file; }
    /// Whether the file still exists under its name. If it was deleted or replaced after it was opened,
    /// SQLite loses all writes without an error.
    bool isStillThere() const;
    /// A number that changes whenever any connection has changed the file: cheap to query, for refreshing
    /// views. Throws StorageError.
    std::int64_t changeCounter() const;

    // For aggregates.

    SQLite::Database &database() { return *m_database; }
    ArtifactPaths &paths() { return m_paths; }

    /// Runs `action`; SQLite::Exception and DamagedRecord become a StorageError that names the file.
    template <typename Action>
    decltype(auto) guarded(Action &&action) const {
        try {
            return std::forward<Action>(action)();
        } catch (...) {
            rethrow();
        }
    }
    /// Runs `change` in a transaction that no other connection can write in: all of it is stored, or nothing
    /// if it throws. Within another one it is a part of that, which must not continue after an exception.
    /// Exceptions as in guarded().
    void inTransaction(const std::function<void()> &change);

  private:
    void open(Access access, std::chrono::milliseconds patience);
    void openDatabase(Access access, std::chrono::milliseconds patience);
    void configure(Access access);
    void identify();
    void close() noexcept;
    /// The exception that is being handled.
    [[noreturn]] void rethrow() const;

    std::filesystem::path m_file;     ///< as it was named
    std::filesystem::path m_absolute; ///< the same for any working directory
    ArtifactPaths m_paths;
    std::unique_ptr<SQLite::Database> m_database;
    std::pair<dev_t, ino_t> m_inode{};
};

} // namespace simclr
