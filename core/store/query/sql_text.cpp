// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/sql_text.h"

#include <SQLiteCpp/Statement.h>

namespace simclr {

SQLite::Statement prepared(SQLite::Database &database, const SqlText &sql) {
    SQLite::Statement statement(database, sql.text());
    int place = 0;
    for (const SqlValue &value : sql.values())
        std::visit([&](const auto &each) { statement.bind(++place, each); }, value);
    return statement;
}

SqlText boundList(const std::vector<SqlValue> &values) {
    SqlText list;
    for (const SqlValue &value : values) {
        if (!list.isEmpty())
            list << ", ";
        list.bind(value);
    }
    return list;
}

} // namespace simclr
