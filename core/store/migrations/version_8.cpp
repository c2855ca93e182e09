// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metric_sealing.h"
#include "core/store/metric_summaries.h"
#include "core/store/migrations/steps.h"
#include "core/store/stored_curve.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr::migrations {

namespace {

// Points are sealed into blocks (see metric_block.h); the table `metrics` keeps those of each run that are
// not sealed yet. A row of blocks says what is known of its points without its data, which is its last
// column, so that reading the others does not follow overflow pages. `axis` has no foreign key: deleting an
// axis would search all blocks. The summary of each curve is changed with its points. NULL is NaN; low and
// high are NULL if all values are NaN.
constexpr const char *tables = R"sql(
CREATE TABLE metric_axes (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    first_step INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    count INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX metric_axes_by_run ON metric_axes (run);
CREATE TABLE metric_blocks (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    metric INTEGER NOT NULL REFERENCES metric_keys (id),
    first_step INTEGER NOT NULL,
    first_epoch REAL NOT NULL,
    first_time REAL NOT NULL,
    first REAL,
    last_step INTEGER NOT NULL,
    last_epoch REAL NOT NULL,
    last_time REAL NOT NULL,
    last REAL,
    count INTEGER NOT NULL,
    nan_count INTEGER NOT NULL,
    low REAL,
    low_step INTEGER,
    low_epoch REAL,
    high REAL,
    high_step INTEGER,
    high_epoch REAL,
    axis INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (run, metric, first_step)
) WITHOUT ROWID;
CREATE TABLE metric_summaries (
    metric INTEGER NOT NULL REFERENCES metric_keys (id),
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    count INTEGER NOT NULL,
    nan_count INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    last_epoch REAL NOT NULL,
    last_time REAL NOT NULL,
    last_value REAL,
    low REAL,
    low_step INTEGER,
    low_epoch REAL,
    high REAL,
    high_step INTEGER,
    high_epoch REAL,
    PRIMARY KEY (metric, run)
) WITHOUT ROWID;
CREATE INDEX metric_summaries_by_run ON metric_summaries (run);
)sql";

std::vector<std::int64_t> idsOf(SQLite::Database &database, const char *select) {
    SQLite::Statement query(database, select);
    std::vector<std::int64_t> ids;
    while (query.executeStep())
        ids.push_back(query.getColumn(0).getInt64());
    return ids;
}

void sealMetrics(SQLite::Database &database) {
    MetricSealing sealing(database);
    StoredCurves curves(database);
    MetricSummaries summaries(database);
    const std::vector<std::int64_t> metrics = idsOf(database, "SELECT id FROM metric_keys");
    for (const RunId run : idsOf(database, "SELECT id FROM runs")) {
        sealing.sealAll(run);
        for (const std::int64_t metric : metrics)
            summaries.write(run, metric, curves.summary(run, metric));
    }
}

} // namespace

const Migration version8{8, tables, sealMetrics};

} // namespace simclr::migrations
