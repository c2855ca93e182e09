// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <string>

namespace simclr {

/// Binds values to a statement's places from left to right.
class Binder {
  public:
    explicit Binder(SQLite::Statement &statement) : m_statement(statement) {}

    Binder &operator<<(const std::string &text) { return bound(text); }
    Binder &operator<<(const Json &json) { return bound(toLine(json)); }
    Binder &operator<<(std::int64_t number) { return bound(number); }
    Binder &operator<<(std::uint32_t number) { return bound(number); }
    Binder &operator<<(double number) { return bound(number); }

  private:
    template <typename T>
    Binder &bound(const T &value) {
        m_statement.bind(++m_place, value);
        return *this;
    }

    SQLite::Statement &m_statement;
    int m_place = 0;
};

} // namespace simclr
