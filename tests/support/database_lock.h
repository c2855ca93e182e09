// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <sqlite3.h>

namespace simclr::test {

/// While it exists, no other connection can write the database, as during a backup by another program.
class DatabaseLock {
  public:
    explicit DatabaseLock(const std::filesystem::path &file, const char *begin = "BEGIN IMMEDIATE") {
        sqlite3_open(file.c_str(), &m_database);
        sqlite3_busy_timeout(m_database, 60'000);
        m_isHeld = sqlite3_exec(m_database, begin, nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    ~DatabaseLock() { sqlite3_close(m_database); } // rolls back
    DatabaseLock(const DatabaseLock &) = delete;
    DatabaseLock &operator=(const DatabaseLock &) = delete;

    bool isHeld() const { return m_isHeld; }

  private:
    sqlite3 *m_database = nullptr;
    bool m_isHeld = false;
};

} // namespace simclr::test
