// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/result.h"
#include "core/store/binder.h"
#include "core/store/migrations/steps.h"
#include "core/store/option_writer.h"
#include "core/util/error.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr::migrations {

namespace {

// The value of an option has the type that it has in the config; truths are 0 and 1. The key of a
// plain result (ResultKey::isPlain) is no more than protocol, split and epoch: these are columns with an
// index, so that the newest of each run is found without reading keys.
constexpr const char *tables = R"sql(
CREATE TABLE option_keys (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
);
CREATE TABLE run_options (
    option INTEGER NOT NULL REFERENCES option_keys (id),
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    value NOT NULL,
    PRIMARY KEY (option, run)
) WITHOUT ROWID;
CREATE TABLE run_tags (
    tag TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, run)
) WITHOUT ROWID;
CREATE INDEX run_tags_by_run ON run_tags (run);
CREATE TABLE saved_views (
    name TEXT PRIMARY KEY NOT NULL,
    place REAL NOT NULL,
    definition TEXT NOT NULL
);
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN trashed REAL;
CREATE INDEX runs_in_trash ON runs (trashed) WHERE trashed IS NOT NULL;
ALTER TABLE results ADD COLUMN protocol TEXT NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN split TEXT NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN plain INTEGER NOT NULL DEFAULT 0;
CREATE INDEX results_plain ON results (protocol, split, run, epoch, value, plain) WHERE plain = 1;
)sql";

/// A run whose record cannot be read has no options; reading the run reports the reason.
OptionValues optionsOf(const SQLite::Statement &row) {
    try {
        NewRun run;
        run.config = parseJson(row.getColumn("config").getString(), "a config");
        run.pipeline = parseJson(row.getColumn("pipeline").getString(), "a pipeline");
        run.totalEpochs = row.getColumn("total_epochs").getInt64();
        return flatOptions(run);
    } catch (const InvalidInput &) {
        return {};
    }
}

/// The index comes last: it is built faster than it is updated.
void convertOptions(SQLite::Database &database) {
    OptionWriter writer(database);
    SQLite::Statement row(database, "SELECT id, config, pipeline, total_epochs FROM runs ORDER BY id");
    while (row.executeStep())
        writer.write(row.getColumn("id").getInt64(), optionsOf(row));
    database.exec("CREATE INDEX run_options_by_run ON run_options (run)");
}

struct KeyedRow {
    std::int64_t id = 0;
    ResultKey key;
};

/// Without those that cannot be read, which are not plain; reading them reports the reason.
std::vector<KeyedRow> resultKeys(SQLite::Database &database) {
    std::vector<KeyedRow> rows;
    SQLite::Statement row(database, "SELECT id, key FROM results");
    while (row.executeStep()) {
        try {
            rows.push_back({row.getColumn("id").getInt64(),
                            resultKeyFromJson(parseJson(row.getColumn("key").getString(), "a key"))});
        } catch (const InvalidInput &) {
            continue;
        }
    }
    return rows;
}

void convertResults(SQLite::Database &database) {
    SQLite::Statement update(database, "UPDATE results SET protocol = ?, split = ?, plain = ? WHERE id = ?");
    for (const auto &[id, key] : resultKeys(database)) {
        Binder(update) << nameOf(key.protocol) << nameOf(key.split) << std::int64_t{key.isPlain() ? 1 : 0}
                       << id;
        update.exec();
        update.reset();
    }
}

void convert(SQLite::Database &database) {
    convertOptions(database);
    convertResults(database);
}

} // namespace

const Migration version9{9, tables, convert};

} // namespace simclr::migrations
