// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <array>
#include <string>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

// A metric's value is NULL where it is not a number: SQLite knows no NaN.
constexpr const char *firstVersion = R"sql(
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
)sql";

// SQLite cannot change what is unique in a table: it is made anew.
constexpr const char *resultScopes = R"sql(
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
)sql";

// Dropping results would take what refers to them along: predictions move to the new table first. Which
// options earlier results were measured with stands in their details alone.
constexpr const char *resultOptions = R"sql(
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
)sql";

// What a database is known by, wherever it is moved to.
constexpr const char *identity = R"sql(
CREATE TABLE identity (id TEXT NOT NULL);
INSERT INTO identity VALUES (lower(hex(randomblob(16))));
)sql";

// Which run a run continues, as JSON; empty for a run that began at its first step.
constexpr const char *origins = "ALTER TABLE runs ADD COLUMN origin TEXT NOT NULL DEFAULT ''";

constexpr std::array migrations{Migration{1, firstVersion}, Migration{2, resultScopes},
                                Migration{3, resultOptions}, Migration{4, identity}, Migration{5, origins}};

int versionOf(SQLite::Database &database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

/// VACUUM INTO writes a consistent copy, whatever other connections do; the rename makes it appear whole.
void backUp(SQLite::Database &database, const fs::path &file, int version) {
    fs::path target = file;
    target += ".v" + std::to_string(version) + ".backup";
    fs::path temporary = target;
    temporary += ".tmp" + std::to_string(::getpid());
    std::error_code ignored;
    fs::remove(temporary, ignored);
    try {
        SQLite::Statement copy(database, "VACUUM INTO ?");
        copy.bind(1, temporary.native());
        copy.exec();
        std::error_code failure;
        fs::rename(temporary, target, failure);
        if (failure)
            throw StorageError("cannot back up the run database to " + displayName(target) + ": " +
                               failure.message());
    } catch (...) {
        fs::remove(temporary, ignored);
        throw;
    }
}

/// All in one, so that nobody ever sees a database between two versions.
void apply(SQLite::Database &database, std::span<const Migration> steps) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (const Migration &migration : steps) {
        if (versionOf(database) >= migration.version)
            continue; // another process was quicker
        database.exec(migration.statements);
        database.exec("PRAGMA application_id = " + std::to_string(storeApplicationId));
        database.exec("PRAGMA user_version = " + std::to_string(migration.version));
    }
    transaction.commit();
}

} // namespace

std::span<const Migration> storeMigrations() {
    return migrations;
}

int storeVersion() {
    return migrations.back().version;
}

void migrate(SQLite::Database &database, const fs::path &file, std::span<const Migration> steps) {
    const int version = versionOf(database);
    if (version >= steps.back().version)
        return;
    if (version > 0)
        backUp(database, file, version);
    apply(database, steps);
}

} // namespace simclr
