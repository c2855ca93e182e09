// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/connection.h"

#include <SQLiteCpp/Database.h>

namespace simclr::test {

/// The tables and columns of versions 8 and 9 of the store that filters read, where they are missing.
inline void addQueryTables(Connection &connection) {
    SQLite::Database &database = connection.database();
    if (!database.tableExists("metric_summaries"))
        database.exec(R"sql(
CREATE TABLE metric_summaries (
    metric INTEGER NOT NULL REFERENCES metric_keys (id),
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    count INTEGER NOT NULL, nan_count INTEGER NOT NULL,
    last_step INTEGER NOT NULL, last_epoch REAL NOT NULL, last_time REAL NOT NULL, last_value REAL,
    low REAL, low_step INTEGER, low_epoch REAL, high REAL, high_step INTEGER, high_epoch REAL,
    PRIMARY KEY (metric, run)
) WITHOUT ROWID;
CREATE INDEX metric_summaries_by_run ON metric_summaries (run);
)sql");
    if (!database.tableExists("run_options"))
        database.exec(R"sql(
CREATE TABLE option_keys (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE run_options (
    option INTEGER NOT NULL REFERENCES option_keys (id),
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    value NOT NULL,
    PRIMARY KEY (option, run)
) WITHOUT ROWID;
CREATE INDEX run_options_by_run ON run_options (run);
CREATE TABLE run_tags (
    tag TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, run)
) WITHOUT ROWID;
CREATE INDEX run_tags_by_run ON run_tags (run);
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN trashed REAL;
ALTER TABLE results ADD COLUMN protocol TEXT NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN split TEXT NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN plain INTEGER NOT NULL DEFAULT 0;
CREATE INDEX results_plain ON results (protocol, split, run, epoch, value) WHERE plain = 1;
)sql");
}

/// What version 9 writes together with a result.
inline void completeResults(Connection &connection) {
    connection.database().exec("UPDATE results SET protocol = json_extract(key, '$.protocol'), split = "
                               "json_extract(key, '$.split'), "
                               "plain = (SELECT COUNT(*) FROM json_each(results.key)) = 3");
}

} // namespace simclr::test
