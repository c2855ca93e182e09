// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/results.h"

#include "core/store/binder.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/damaged_record.h"
#include "core/store/existing_run.h"
#include "core/store/insert.h"
#include "core/store/prediction_bytes.h"
#include "core/store/row_reader.h"
#include "core/store/run_row.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <utility>

namespace simclr {

namespace {

constexpr Columns resultColumns{"run", "key", "value", "detail", "dataset_title", "dataset_earlier"};
constexpr Columns predictionColumns{"p.samples", "p.labels", "p.predicted"};

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

ResultKey storedKey(const std::string &text, RunId run) {
    const std::string name = "the key of a result of run " + std::to_string(run);
    try {
        return resultKeyFromJson(parseJson(text, name));
    } catch (const InvalidInput &error) {
        throw DamagedRecord(name + ": " + error.what());
    }
}

Result readResult(const RowReader &row, RunId run) {
    constexpr auto &at = resultColumns;
    Result result;
    result.key = storedKey(row.text(at["key"]), run);
    result.value = row.real(at["value"]);
    result.detail = row.json(at["detail"], "detail of a result", run);
    result.datasetTitle = row.text(at["dataset_title"]);
    result.isOfEarlierImages = row.whole(at["dataset_earlier"]) != 0;
    return result;
}

Predictions readPredictions(const RowReader &row, RunId run) {
    constexpr auto &at = predictionColumns;
    Predictions predictions{fromBytes(row.text(at["p.samples"])), fromBytes(row.text(at["p.labels"])),
                            fromBytes(row.text(at["p.predicted"]))};
    if (predictions.samples.size() != predictions.labels.size() ||
        predictions.samples.size() != predictions.predicted.size())
        throw DamagedRecord("predictions of run " + std::to_string(run) + " are inconsistent");
    return predictions;
}

/// The rows and keys of the results on the run's own images.
std::vector<std::pair<std::int64_t, ResultKey>> ownResults(SQLite::Database &database, RunId run) {
    std::vector<std::pair<std::int64_t, ResultKey>> own;
    SQLite::Statement query(database, "SELECT id, key FROM results WHERE run = ?");
    query.bind(1, run);
    while (query.executeStep())
        if (ResultKey key = storedKey(query.getColumn(1).getString(), run); key.scope.dataset.empty())
            own.emplace_back(query.getColumn(0).getInt64(), std::move(key));
    return own;
}

/// The images that a run's results are about.
struct EvaluatedImages {
    std::string fingerprint;
    std::string title;
    std::uint32_t first = 0; ///< sample of the run's dataset
};

EvaluatedImages evaluatedImages(SQLite::Database &database, RunId run) {
    SQLite::Statement query(database, "SELECT dataset_fingerprint, dataset_labelled, dataset_title, "
                                      "dataset_first_labelled, dataset_source FROM runs WHERE id = ?");
    query.bind(1, run);
    if (!query.executeStep())
        return {};
    DatasetRecord dataset;
    dataset.fingerprint = query.getColumn(0).getString();
    dataset.labelledFingerprint = query.getColumn(1).getString();
    dataset.title = query.getColumn(2).getString();
    dataset.firstLabelled = query.getColumn(3).getUInt();
    dataset.source = query.getColumn(4).getString();
    return {dataset.evaluatedFingerprint(), dataset.evaluatedTitle(), dataset.firstLabelled};
}

/// Numbers the samples of stored predictions from `first` on, as those of results on other images are.
void countSamplesFrom(SQLite::Database &database, std::int64_t result, std::uint32_t first) {
    SQLite::Statement query(database, "SELECT samples FROM predictions WHERE result = ?");
    query.bind(1, result);
    if (first == 0 || !query.executeStep())
        return;
    std::vector<std::int32_t> samples = fromBytes(query.getColumn(0).getString());
    for (std::int32_t &sample : samples)
        sample -= static_cast<std::int32_t>(first);
    const std::string bytes = toBytes(samples);
    SQLite::Statement update(database, "UPDATE predictions SET samples = ? WHERE result = ?");
    update.bind(1, bytes.data(), static_cast<int>(bytes.size()));
    update.bind(2, result);
    update.exec();
}

} // namespace

void Results::add(RunId run, const Result &result) {
    changeRun(m_connection, run, [&] {
        const std::int64_t row = Insert("results", Insert::Conflict::Replaces)
                                     .set("run", run)
                                     .set("key", toJson(result.key))
                                     .set("epoch", result.key.place.epoch)
                                     .set("value", result.value)
                                     .set("detail", result.detail)
                                     .set("dataset_title", result.datasetTitle)
                                     .set("dataset_earlier", result.isOfEarlierImages)
                                     .set("protocol", nameOf(result.key.protocol))
                                     .set("split", nameOf(result.key.split))
                                     .set("plain", result.key.isPlain())
                                     .execute(m_connection.database());
        if (result.predictions)
            insertPredictions(m_connection.database(), row, *result.predictions);
    });
}

void Results::removeAfter(RunId run, std::int64_t step) {
    changeRun(m_connection, run, [&] {
        // Only their epoch is stored; a step's epoch is computed from the totals.
        SQLite::Statement remove(m_connection.database(),
                                 "DELETE FROM results WHERE run = ?1 AND "
                                 "epoch * (SELECT total_steps FROM runs WHERE id = ?1) > "
                                 "?2 * (SELECT total_epochs FROM runs WHERE id = ?1)");
        Binder(remove) << run << step;
        remove.exec();
    });
}

void Results::setApart(RunId run) {
    changeRun(m_connection, run, [&] {
        SQLite::Database &database = m_connection.database();
        const EvaluatedImages images = evaluatedImages(database, run);
        SQLite::Statement update(database, "UPDATE OR REPLACE results SET key = ?, plain = 0, "
                                           "dataset_earlier = 1, dataset_title = ? WHERE id = ?");
        for (auto &[row, key] : ownResults(database, run)) {
            key.scope.dataset = images.fingerprint;
            Binder(update) << toJson(key) << images.title << row;
            update.exec();
            update.reset();
            countSamplesFrom(database, row, images.first);
        }
    });
}

std::vector<Result> Results::of(RunId run) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                resultColumns.selectFrom("results") + "WHERE run = ? ORDER BY epoch, id");
        query.bind(1, run);
        std::vector<Result> results;
        while (query.executeStep())
            results.push_back(readResult(RowReader(query), run));
        return results;
    });
}

void Results::readInto(const RunsById &runs) const {
    m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                resultColumns.selectFrom("results") + "ORDER BY run, epoch, id");
        while (query.executeStep()) {
            const RowReader row(query);
            const auto run = runs.find(row.whole(resultColumns["run"]));
            if (run == runs.end())
                continue;
            try {
                run->second->results.push_back(readResult(row, run->first));
            } catch (const DamagedRecord &error) {
                markDamaged(*run->second, error.what());
            }
        }
    });
}

std::optional<Predictions> Results::predictions(RunId run, const ResultKey &key) const {
    return m_connection.guarded([&]() -> std::optional<Predictions> {
        SQLite::Statement query(m_connection.database(),
                                predictionColumns.selectFrom("predictions p") +
                                    "JOIN results r ON r.id = p.result WHERE r.run = ? AND r.key = ?");
        Binder(query) << run << toJson(key);
        if (!query.executeStep())
            return std::nullopt;
        return readPredictions(RowReader(query), run);
    });
}

} // namespace simclr
