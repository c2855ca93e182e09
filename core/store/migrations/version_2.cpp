// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/steps.h"

namespace simclr::migrations {

// SQLite cannot change a UNIQUE constraint: the table is rebuilt.
const Migration version2{2, R"sql(
CREATE TABLE scoped_results (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    protocol TEXT NOT NULL,
    split TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    value REAL,
    detail TEXT NOT NULL,
    features TEXT NOT NULL,
    labels REAL NOT NULL,
    seed INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    dataset_title TEXT NOT NULL,
    UNIQUE (run, protocol, split, epoch, features, labels, seed, dataset)
);
INSERT INTO scoped_results
    SELECT id, run, protocol, split, epoch, value, detail, 'h', 1, 0, '', '' FROM results;
DROP TABLE results;
ALTER TABLE scoped_results RENAME TO results;
CREATE TABLE predictions (
    result INTEGER PRIMARY KEY REFERENCES results (id) ON DELETE CASCADE,
    samples BLOB NOT NULL,
    labels BLOB NOT NULL,
    predicted BLOB NOT NULL
);
)sql"};

} // namespace simclr::migrations
