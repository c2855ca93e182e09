// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/steps.h"

namespace simclr::migrations {

// A metric's value is NULL if it is NaN: SQLite has no NaN.
const Migration version1{1, R"sql(
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('running', 'completed', 'cancelled', 'failed', 'interrupted')),
    failure TEXT NOT NULL DEFAULT '',
    config TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    dataset_source TEXT NOT NULL,
    dataset_title TEXT NOT NULL,
    dataset_fingerprint TEXT NOT NULL,
    dataset_train INTEGER NOT NULL,
    dataset_validation INTEGER NOT NULL,
    dataset_test INTEGER NOT NULL,
    dataset_classes INTEGER NOT NULL,
    dataset_broken INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    device TEXT NOT NULL,
    precision TEXT NOT NULL,
    program_version TEXT NOT NULL,
    libraries TEXT NOT NULL,
    created REAL NOT NULL,
    finished REAL,
    last_step INTEGER NOT NULL DEFAULT 0,
    last_epoch REAL NOT NULL DEFAULT 0,
    total_steps INTEGER NOT NULL,
    total_epochs INTEGER NOT NULL,
    images_per_second REAL,
    weights_sha256 TEXT NOT NULL DEFAULT '',
    process_number INTEGER NOT NULL,
    process_start INTEGER NOT NULL,
    process_boot TEXT NOT NULL
);
CREATE TABLE metric_keys (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    metric INTEGER NOT NULL REFERENCES metric_keys (id),
    step INTEGER NOT NULL,
    epoch REAL NOT NULL,
    value REAL,
    time REAL NOT NULL,
    PRIMARY KEY (run, metric, step)
) WITHOUT ROWID;
CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    protocol TEXT NOT NULL,
    split TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    value REAL,
    detail TEXT NOT NULL,
    UNIQUE (run, protocol, split, epoch)
);
CREATE TABLE artifacts (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    step INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    UNIQUE (run, path)
);
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    time REAL NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX notes_by_run ON notes (run);
)sql"};

} // namespace simclr::migrations
