// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/existing_run.h"

#include "core/store/connection.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Statement.h>

namespace simclr {

bool hasRun(Connection &connection, RunId id) {
    SQLite::Statement query(connection.database(), "SELECT 1 FROM runs WHERE id = ?");
    query.bind(1, id);
    return query.executeStep();
}

void throwMissing(const Connection &connection, RunId id) {
    throw InvalidInput("there is no run " + std::to_string(id) + " in " + displayName(connection.file()));
}

void changeRun(Connection &connection, RunId id, const std::function<void()> &change) {
    connection.inTransaction([&] {
        if (!hasRun(connection, id))
            throwMissing(connection, id);
        change();
    });
}

} // namespace simclr
