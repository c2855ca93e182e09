// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/option_values.h"

#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace SQLite {
class Database;
}

namespace simclr {

/// Writes options of many runs as rows. Lives within one transaction; all functions throw SQLite::Exception.
class OptionWriter {
  public:
    explicit OptionWriter(SQLite::Database &database);

    /// For a run that has none of these options yet.
    void write(RunId run, const OptionValues &values);

  private:
    std::int64_t idOf(const std::string &path);

    SQLite::Database &m_database;
    SQLite::Statement m_insert;
    std::unordered_map<std::string, std::int64_t> m_ids;
};

} // namespace simclr
