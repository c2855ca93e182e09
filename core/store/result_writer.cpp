// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/result_writer.h"

#include "core/store/binder.h"
#include "core/store/prediction_bytes.h"

#include <SQLiteCpp/Database.h>

namespace simclr {

namespace {

void insertPredictions(SQLite::Database &database, std::int64_t result, const Predictions &predictions) {
    SQLite::Statement insert(database, "INSERT INTO predictions (result, samples, labels, predicted) "
                                       "VALUES (?, ?, ?, ?)");
    insert.bind(1, result);
    int place = 1;
    for (const auto *numbers : {&predictions.samples, &predictions.labels, &predictions.predicted}) {
        const std::string bytes = toBytes(*numbers);
        insert.bind(++place, bytes.data(), static_cast<int>(bytes.size()));
    }
    insert.exec();
}

} // namespace

void insertResult(SQLite::Database &database, RunId run, const ResultRecord &result) {
    const ResultScope &scope = result.scope;
    SQLite::Statement insert(database,
                             "INSERT OR REPLACE INTO results (run, protocol, split, epoch, value, detail, "
                             "features, labels, seed, dataset, dataset_title, options) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Binder(insert) << run << result.protocol << result.split << result.epoch << result.value << result.detail
                   << scope.features << scope.labels << scope.seed << scope.dataset << scope.datasetTitle
                   << scope.options;
    insert.exec();
    if (result.predictions)
        insertPredictions(database, database.getLastInsertRowid(), *result.predictions);
}

void removeResultsAfter(SQLite::Database &database, RunId run, std::int64_t step) {
    // They know their epoch only; a step's epoch follows from the totals.
    SQLite::Statement remove(database, "DELETE FROM results WHERE run = ?1 AND "
                                       "epoch * (SELECT total_steps FROM runs WHERE id = ?1) > "
                                       "?2 * (SELECT total_epochs FROM runs WHERE id = ?1)");
    Binder(remove) << run << step;
    remove.exec();
}

void setApartResults(SQLite::Database &database, RunId run) {
    SQLite::Statement update(
        database,
        "UPDATE OR REPLACE results SET dataset = (SELECT dataset_fingerprint FROM runs WHERE id = ?1), "
        "dataset_title = (SELECT dataset_title FROM runs WHERE id = ?1) || ', before they changed' "
        "WHERE run = ?1 AND dataset = ''");
    update.bind(1, run);
    update.exec();
}

} // namespace simclr
