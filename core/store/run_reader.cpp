// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_reader.h"

#include "core/store/damaged_record.h"
#include "core/store/prediction_bytes.h"
#include "core/store/result_writer.h"
#include "core/util/error.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace simclr {

namespace {

constexpr const char *runColumns =
    "SELECT id, name, status, failure, config, pipeline, dataset_source, dataset_title, dataset_fingerprint, "
    "dataset_train, dataset_validation, dataset_test, dataset_classes, dataset_broken, seed, device, "
    "precision, "
    "program_version, libraries, created, finished, last_step, last_epoch, total_steps, total_epochs, "
    "images_per_second, weights_sha256, origin FROM runs ";

constexpr const char *resultColumns =
    "SELECT run, key, value, detail, dataset_title, dataset_earlier FROM results ";

constexpr const char *artifactColumns = "SELECT run, kind, path, step, sha256 FROM artifacts ";

/// Reads the columns of one row from left to right.
class RowReader {
  public:
    explicit RowReader(const SQLite::Statement &statement) : m_statement(statement) {}

    std::string text() { return m_statement.getColumn(m_column++).getString(); }
    std::int64_t whole() { return m_statement.getColumn(m_column++).getInt64(); }
    std::uint32_t count() { return static_cast<std::uint32_t>(whole()); }
    double real() { return optionalReal().value_or(std::numeric_limits<double>::quiet_NaN()); }
    std::optional<double> optionalReal() {
        const SQLite::Column column = m_statement.getColumn(m_column++);
        return column.isNull() ? std::nullopt : std::optional(column.getDouble());
    }
    /// An object, or null if there is none; `what` and `run` are for messages.
    Json json(const char *what, RunId run) {
        const std::string name = std::string("the ") + what + " of run " + std::to_string(run);
        try {
            Json json = parseJson(text(), name);
            if (json.is_object() || json.is_null())
                return json;
        } catch (const InvalidInput &error) {
            throw DamagedRecord(error.what());
        }
        throw DamagedRecord(name + " is not a JSON object");
    }
    std::optional<RunOrigin> origin(RunId run) {
        const std::string stored = text();
        if (stored.empty())
            return std::nullopt;
        try {
            return runOriginFromJson(parseJson(stored, "the origin of run " + std::to_string(run)));
        } catch (const InvalidInput &error) {
            throw DamagedRecord(error.what());
        }
    }

  private:
    const SQLite::Statement &m_statement;
    int m_column = 0;
};

DatasetRecord readDataset(RowReader &row) {
    DatasetRecord dataset;
    dataset.source = row.text();
    dataset.title = row.text();
    dataset.fingerprint = row.text();
    dataset.trainImages = row.count();
    dataset.validationImages = row.count();
    dataset.testImages = row.count();
    dataset.classes = row.count();
    dataset.broken = row.count();
    return dataset;
}

RunRecord readRun(const SQLite::Statement &statement) {
    RowReader row(statement);
    RunRecord run;
    run.id = row.whole();
    run.name = row.text();
    run.status = statusFromName(row.text());
    run.failure = row.text();
    run.config = row.json("config", run.id);
    run.pipeline = row.json("pipeline", run.id);
    run.dataset = readDataset(row);
    run.seed = row.whole();
    run.device = row.text();
    run.precision = row.text();
    run.programVersion = row.text();
    run.libraries = row.json("libraries", run.id);
    run.created = row.real();
    run.finished = row.optionalReal();
    run.lastStep = row.whole();
    run.lastEpoch = row.real();
    run.totalSteps = row.whole();
    run.totalEpochs = row.whole();
    run.imagesPerSecond = row.optionalReal();
    run.weightsSha256 = row.text();
    run.origin = row.origin(run.id);
    return run;
}

Result readResult(RowReader &row, RunId run) {
    Result result;
    result.key = storedKey(row.text(), run);
    result.value = row.real();
    result.detail = row.json("detail of a result", run);
    result.datasetTitle = row.text();
    result.isOfEarlierImages = row.whole() != 0;
    return result;
}

ArtifactRecord readArtifact(RowReader &row, RunId run, const ArtifactPaths &paths) {
    ArtifactRecord artifact;
    artifact.kind = row.text();
    artifact.path = paths.resolved(run, row.text());
    artifact.step = row.whole();
    artifact.sha256 = row.text();
    return artifact;
}

} // namespace

RunReader::RunReader(SQLite::Database &database, const ArtifactPaths &paths)
    : m_database(database), m_paths(paths) {}

std::string RunReader::identity() const {
    return m_database.execAndGet("SELECT id FROM identity").getString();
}

bool RunReader::isEmpty() const {
    return m_database.execAndGet("SELECT NOT EXISTS (SELECT 1 FROM runs)").getInt() != 0;
}

std::vector<RunRecord> RunReader::runs() const {
    const SQLite::Transaction oneMoment(m_database);
    std::vector<RunRecord> runs;
    std::unordered_map<RunId, std::size_t> indices;
    SQLite::Statement query(m_database, std::string(runColumns) + "ORDER BY created DESC, id DESC");
    while (query.executeStep()) {
        runs.push_back(readRun(query));
        indices.emplace(runs.back().id, runs.size() - 1);
    }
    SQLite::Statement resultQuery(m_database, std::string(resultColumns) + "ORDER BY run, epoch, id");
    while (resultQuery.executeStep()) {
        RowReader row(resultQuery);
        const auto run = indices.find(row.whole());
        if (run != indices.end())
            runs[run->second].results.push_back(readResult(row, run->first));
    }
    SQLite::Statement artifactQuery(m_database, std::string(artifactColumns) + "ORDER BY run, step, id");
    while (artifactQuery.executeStep()) {
        RowReader row(artifactQuery);
        const auto run = indices.find(row.whole());
        if (run != indices.end())
            runs[run->second].artifacts.push_back(readArtifact(row, run->first, m_paths));
    }
    return runs;
}

std::optional<RunRecord> RunReader::run(RunId id) const {
    const SQLite::Transaction oneMoment(m_database);
    SQLite::Statement query(m_database, std::string(runColumns) + "WHERE id = ?");
    query.bind(1, id);
    if (!query.executeStep())
        return std::nullopt;
    RunRecord run = readRun(query);
    run.results = results(id);
    run.artifacts = artifacts(id);
    run.notes = notes(id);
    return run;
}

std::vector<Result> RunReader::results(RunId id) const {
    SQLite::Statement query(m_database, std::string(resultColumns) + "WHERE run = ? ORDER BY epoch, id");
    query.bind(1, id);
    std::vector<Result> results;
    while (query.executeStep()) {
        RowReader row(query);
        row.whole();
        results.push_back(readResult(row, id));
    }
    return results;
}

std::optional<Predictions> RunReader::predictions(RunId id, const ResultKey &key) const {
    SQLite::Statement query(m_database, "SELECT p.samples, p.labels, p.predicted FROM predictions p JOIN "
                                        "results r ON r.id = p.result WHERE r.run = ? AND r.key = ?");
    query.bind(1, id);
    query.bind(2, toLine(toJson(key)));
    if (!query.executeStep())
        return std::nullopt;
    Predictions predictions{fromBytes(query.getColumn(0).getString()),
                            fromBytes(query.getColumn(1).getString()),
                            fromBytes(query.getColumn(2).getString())};
    if (predictions.samples.size() != predictions.labels.size() ||
        predictions.samples.size() != predictions.predicted.size())
        throw DamagedRecord("predictions of run " + std::to_string(id) + " are inconsistent");
    return predictions;
}

std::vector<ArtifactRecord> RunReader::artifacts(RunId id) const {
    SQLite::Statement query(m_database, std::string(artifactColumns) + "WHERE run = ? ORDER BY step, id");
    query.bind(1, id);
    std::vector<ArtifactRecord> artifacts;
    while (query.executeStep()) {
        RowReader row(query);
        row.whole();
        artifacts.push_back(readArtifact(row, id, m_paths));
    }
    return artifacts;
}

std::vector<NoteRecord> RunReader::notes(RunId id) const {
    SQLite::Statement query(m_database, "SELECT time, message FROM events WHERE run = ? ORDER BY id");
    query.bind(1, id);
    std::vector<NoteRecord> notes;
    while (query.executeStep()) {
        RowReader row(query);
        const double time = row.real();
        notes.push_back({time, row.text()});
    }
    return notes;
}

std::vector<std::string> RunReader::metricKeys(RunId id) const {
    SQLite::Statement query(m_database,
                            "SELECT name FROM metric_keys WHERE EXISTS (SELECT 1 FROM metrics WHERE run = ? "
                            "AND metric = metric_keys.id) ORDER BY metric_keys.id");
    query.bind(1, id);
    std::vector<std::string> keys;
    while (query.executeStep())
        keys.push_back(query.getColumn(0).getString());
    return keys;
}

std::vector<MetricPoint> RunReader::curve(RunId id, const std::string &key, std::int64_t afterStep) const {
    SQLite::Statement query(m_database,
                            "SELECT step, epoch, value, time FROM metrics WHERE run = ? AND metric = "
                            "(SELECT id FROM metric_keys WHERE name = ?) AND step > ? ORDER BY step");
    query.bind(1, id);
    query.bind(2, key);
    query.bind(3, afterStep);
    std::vector<MetricPoint> points;
    while (query.executeStep()) {
        RowReader row(query);
        MetricPoint &point = points.emplace_back();
        point.step = row.whole();
        point.epoch = row.real();
        point.value = row.real();
        point.time = row.real();
    }
    return points;
}

std::optional<double> RunReader::median(RunId id, const std::string &key) const {
    std::vector<double> values;
    for (const MetricPoint &point : curve(id, key, std::numeric_limits<std::int64_t>::min()))
        if (!std::isnan(point.value))
            values.push_back(point.value);
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

} // namespace simclr
