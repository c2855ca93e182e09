// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/binder.h"
#include "core/store/legacy_results.h"
#include "core/store/migrations/steps.h"
#include "core/util/error.h"
#include "core/util/steady_time.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr::migrations {

namespace {

// A result is identified by its key, which is JSON in one canonical form (see toJson(ResultKey)). The epoch
// is also a separate column, for the order of results and for deletions when a run is resumed.
constexpr const char *tables = R"sql(
ALTER TABLE notes RENAME TO events;
DROP INDEX IF EXISTS notes_by_run;
CREATE INDEX events_by_run ON events (run);
CREATE TABLE keyed_results (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    value REAL,
    detail TEXT NOT NULL,
    dataset_title TEXT NOT NULL,
    dataset_earlier INTEGER NOT NULL,
    UNIQUE (run, key)
);
CREATE TABLE keyed_predictions (
    result INTEGER PRIMARY KEY REFERENCES keyed_results (id) ON DELETE CASCADE,
    samples BLOB NOT NULL,
    labels BLOB NOT NULL,
    predicted BLOB NOT NULL
);
)sql";

constexpr const char *replaceTables = R"sql(
INSERT INTO keyed_predictions SELECT p.result, p.samples, p.labels, p.predicted
    FROM predictions p JOIN keyed_results k ON k.id = p.result;
DROP TABLE predictions;
DROP TABLE results;
ALTER TABLE keyed_results RENAME TO results;
ALTER TABLE keyed_predictions RENAME TO predictions;
)sql";

LegacyResult legacyResult(const SQLite::Statement &row) {
    return {.protocol = row.getColumn("protocol").getString(),
            .split = row.getColumn("split").getString(),
            .epoch = row.getColumn("epoch").getInt64(),
            .features = row.getColumn("features").getString(),
            .labels = row.getColumn("labels").getDouble(),
            .seed = row.getColumn("seed").getInt64(),
            .dataset = row.getColumn("dataset").getString(),
            .datasetTitle = row.getColumn("dataset_title").getString(),
            .options = row.getColumn("options").getString()};
}

/// An unknown result comes from another program: the run gets an event about it.
void tellLeftOut(SQLite::Database &database, std::int64_t run, const std::string &reason) {
    SQLite::Statement insert(database, "INSERT INTO events (run, time, message) VALUES (?, ?, ?)");
    Binder(insert) << run << wallTime() << "A result could not be read and was left out: " + reason;
    insert.exec();
}

void insert(SQLite::Database &database, const SQLite::Statement &row, const Result &result) {
    SQLite::Statement insert(database, "INSERT OR REPLACE INTO keyed_results (id, run, key, epoch, value, "
                                       "detail, dataset_title, dataset_earlier) SELECT id, run, ?2, epoch, "
                                       "value, detail, ?3, ?4 FROM results WHERE id = ?1");
    Binder(insert) << row.getColumn("id").getInt64() << toJson(result.key) << result.datasetTitle
                   << std::int64_t{result.isOfEarlierImages ? 1 : 0};
    insert.exec();
}

void convertResults(SQLite::Database &database) {
    {
        SQLite::Statement row(database, "SELECT id, run, protocol, split, epoch, features, labels, seed, "
                                        "dataset, dataset_title, options FROM results ORDER BY id");
        while (row.executeStep()) {
            try {
                insert(database, row, fromLegacy(legacyResult(row)));
            } catch (const InvalidInput &error) {
                tellLeftOut(database, row.getColumn("run").getInt64(), error.what());
            }
        }
    }
    database.exec(replaceTables);
}

} // namespace

const Migration version6{6, tables, convertResults};

} // namespace simclr::migrations
