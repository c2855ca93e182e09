// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace simclr {

using SqlValue = std::variant<std::int64_t, double, std::string>;

/// A text of the program itself: known when it is compiled, so never from a user or a file.
class SqlConstant {
  public:
    // Implicit on purpose: sql << "SELECT ".
    consteval SqlConstant(const char *text) : m_text(text) {}
    constexpr std::string_view text() const { return m_text; }

  private:
    std::string_view m_text;
};

/// SQL together with the values that are bound to its question marks, in their order. Only constants of the
/// program and numbers that it counts itself become a part of the text; everything else is bound.
class SqlText {
  public:
    SqlText &operator<<(SqlConstant text) {
        m_text += text.text();
        return *this;
    }
    SqlText &operator<<(const SqlText &other) {
        m_text += other.m_text;
        m_values.insert(m_values.end(), other.m_values.begin(), other.m_values.end());
        return *this;
    }
    /// A part of a name: p1, p2, …
    SqlText &number(std::size_t count) {
        m_text += std::to_string(count);
        return *this;
    }
    /// A question mark with its value.
    SqlText &bind(SqlValue value) {
        m_text += '?';
        m_values.push_back(std::move(value));
        return *this;
    }

    bool isEmpty() const { return m_text.empty(); }
    const std::string &text() const { return m_text; }
    const std::vector<SqlValue> &values() const { return m_values; }

  private:
    std::string m_text;
    std::vector<SqlValue> m_values;
};

/// The statement with its values bound. Throws SQLite::Exception.
SQLite::Statement prepared(SQLite::Database &database, const SqlText &sql);

/// "one, two, three": bound values.
SqlText boundList(const std::vector<SqlValue> &values);

} // namespace simclr
