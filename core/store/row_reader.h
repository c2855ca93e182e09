// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/damaged_record.h"
#include "core/store/records.h"
#include "core/util/json.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace simclr {

/// Reads one row, by the places of its columns.
class RowReader {
  public:
    explicit RowReader(const SQLite::Statement &statement) : m_statement(statement) {}

    std::string text(int column) const { return m_statement.getColumn(column).getString(); }
    std::int64_t whole(int column) const { return m_statement.getColumn(column).getInt64(); }
    std::uint32_t count(int column) const { return static_cast<std::uint32_t>(whole(column)); }
    double real(int column) const {
        return optionalReal(column).value_or(std::numeric_limits<double>::quiet_NaN());
    }
    std::optional<double> optionalReal(int column) const {
        const SQLite::Column value = m_statement.getColumn(column);
        return value.isNull() ? std::nullopt : std::optional(value.getDouble());
    }
    /// An object, or null if there is none; `what` and `run` are for messages. Throws DamagedRecord.
    Json json(int column, const char *what, RunId run) const {
        const std::string name = std::string("the ") + what + " of run " + std::to_string(run);
        try {
            Json json = parseJson(text(column), name);
            if (json.is_object() || json.is_null())
                return json;
        } catch (const InvalidInput &error) {
            throw DamagedRecord(error.what());
        }
        throw DamagedRecord(name + " is not a JSON object");
    }

  private:
    const SQLite::Statement &m_statement;
};

} // namespace simclr
