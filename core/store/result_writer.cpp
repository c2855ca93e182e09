// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/result_writer.h"

#include "core/store/binder.h"
#include "core/store/damaged_record.h"
#include "core/store/insert.h"
#include "core/store/prediction_bytes.h"
#include "core/util/error.h"

#include <SQLiteCpp/Database.h>
#include <utility>
#include <vector>

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

void insertResult(SQLite::Database &database, RunId run, const Result &result) {
    const std::int64_t row = Insert("results", Insert::Conflict::Replaces)
                                 .set("run", run)
                                 .set("key", toJson(result.key))
                                 .set("epoch", result.key.place.epoch)
                                 .set("value", result.value)
                                 .set("detail", result.detail)
                                 .set("dataset_title", result.datasetTitle)
                                 .set("dataset_earlier", result.isOfEarlierImages)
                                 .execute(database);
    if (result.predictions)
        insertPredictions(database, row, *result.predictions);
}

void removeResultsAfter(SQLite::Database &database, RunId run, std::int64_t step) {
    // Only their epoch is stored; a step's epoch is computed from the totals.
    SQLite::Statement remove(database, "DELETE FROM results WHERE run = ?1 AND "
                                       "epoch * (SELECT total_steps FROM runs WHERE id = ?1) > "
                                       "?2 * (SELECT total_epochs FROM runs WHERE id = ?1)");
    Binder(remove) << run << step;
    remove.exec();
}

void setApartResults(SQLite::Database &database, RunId run) {
    std::vector<std::pair<std::int64_t, ResultKey>> own;
    SQLite::Statement query(database, "SELECT id, key FROM results WHERE run = ?");
    query.bind(1, run);
    while (query.executeStep())
        if (ResultKey key = storedKey(query.getColumn(1).getString(), run); key.scope.dataset.empty())
            own.emplace_back(query.getColumn(0).getInt64(), std::move(key));
    SQLite::Statement images(database, "SELECT dataset_fingerprint FROM runs WHERE id = ?");
    images.bind(1, run);
    const std::string fingerprint = images.executeStep() ? images.getColumn(0).getString() : std::string();
    SQLite::Statement update(database,
                             "UPDATE OR REPLACE results SET key = ?, dataset_earlier = 1, dataset_title = "
                             "(SELECT dataset_title FROM runs WHERE id = results.run) WHERE id = ?");
    for (auto &[id, key] : own) {
        key.scope.dataset = fingerprint;
        Binder(update) << toJson(key) << id;
        update.exec();
        update.reset();
    }
}

ResultKey storedKey(const std::string &text, RunId run) {
    const std::string name = "the key of a result of run " + std::to_string(run);
    try {
        return resultKeyFromJson(parseJson(text, name));
    } catch (const InvalidInput &error) {
        throw DamagedRecord(name + ": " + error.what());
    }
}

} // namespace simclr
