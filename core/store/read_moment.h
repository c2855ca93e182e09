// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <optional>
#include <sqlite3.h>

namespace simclr {

/// As long as it exists, all queries see the database of one moment. Within a transaction, which does so
/// anyway, it does nothing.
class ReadMoment {
  public:
    explicit ReadMoment(SQLite::Database &database) {
        if (sqlite3_get_autocommit(database.getHandle()) != 0)
            m_transaction.emplace(database);
    }

  private:
    std::optional<SQLite::Transaction> m_transaction;
};

} // namespace simclr
