// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace simclr {

/// One new row, each value beside the name of its column. For rows that are written one at a time; execute()
/// throws SQLite::Exception.
class Insert {
  public:
    enum class Conflict { Fails, Replaces };

    explicit Insert(std::string table, Conflict conflict = Conflict::Fails)
        : m_table(std::move(table)), m_conflict(conflict) {}

    Insert &set(const char *column, const std::string &text) { return add(column, text); }
    Insert &set(const char *column, const char *text) { return add(column, std::string(text)); }
    Insert &set(const char *column, std::int64_t number) { return add(column, number); }
    Insert &set(const char *column, std::uint32_t number) { return add(column, std::int64_t{number}); }
    Insert &set(const char *column, bool truth) { return add(column, std::int64_t{truth ? 1 : 0}); }
    Insert &set(const char *column, double number) { return add(column, number); }
    Insert &set(const char *column, const Json &json) { return add(column, toLine(json)); }

    /// Returns the id of the row.
    std::int64_t execute(SQLite::Database &database) const {
        std::string columns;
        std::string places;
        for (const auto &[column, value] : m_values) {
            columns += (columns.empty() ? "" : ", ") + column;
            places += places.empty() ? "?" : ", ?";
        }
        SQLite::Statement statement(
            database, std::string(m_conflict == Conflict::Replaces ? "INSERT OR REPLACE" : "INSERT") +
                          " INTO " + m_table + " (" + columns + ") VALUES (" + places + ")");
        int place = 0;
        for (const auto &[column, value] : m_values)
            std::visit([&](const auto &each) { statement.bind(++place, each); }, value);
        statement.exec();
        return database.getLastInsertRowid();
    }

  private:
    using Value = std::variant<std::int64_t, double, std::string>;

    Insert &add(const char *column, Value value) {
        m_values.emplace_back(column, std::move(value));
        return *this;
    }

    std::string m_table;
    Conflict m_conflict;
    std::vector<std::pair<std::string, Value>> m_values;
};

} // namespace simclr
