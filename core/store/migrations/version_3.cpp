// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/steps.h"

namespace simclr::migrations {

// Dropping results would delete the rows that refer to them: predictions move to the new table first. The
// options of earlier results are stored only in their details.
const Migration version3{3, R"sql(
CREATE TABLE optioned_results (
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
    options TEXT NOT NULL,
    UNIQUE (run, protocol, split, epoch, features, labels, seed, dataset, options)
);
INSERT INTO optioned_results
    SELECT id, run, protocol, split, epoch, value, detail, features, labels, seed, dataset, dataset_title, ''
    FROM results;
CREATE TABLE optioned_predictions (
    result INTEGER PRIMARY KEY REFERENCES optioned_results (id) ON DELETE CASCADE,
    samples BLOB NOT NULL,
    labels BLOB NOT NULL,
    predicted BLOB NOT NULL
);
INSERT INTO optioned_predictions SELECT result, samples, labels, predicted FROM predictions;
DROP TABLE predictions;
DROP TABLE results;
ALTER TABLE optioned_results RENAME TO results;
ALTER TABLE optioned_predictions RENAME TO predictions;
)sql"};

} // namespace simclr::migrations
