// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_reader.h"

#include "core/store/columns.h"
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

constexpr Columns runColumns{"id",
                             "name",
                             "status",
                             "failure",
                             "config",
                             "pipeline",
                             "dataset_source",
                             "dataset_title",
                             "dataset_fingerprint",
                             "dataset_train",
                             "dataset_validation",
                             "dataset_test",
                             "dataset_classes",
                             "dataset_broken",
                             "seed",
                             "device",
                             "precision",
                             "program_version",
                             "libraries",
                             "created",
                             "finished",
                             "last_step",
                             "last_epoch",
                             "total_steps",
                             "total_epochs",
                             "images_per_second",
                             "weights_sha256",
                             "origin"};
constexpr Columns resultColumns{"run", "key", "value", "detail", "dataset_title", "dataset_earlier"};
constexpr Columns artifactColumns{"run", "kind", "path", "step", "sha256"};
constexpr Columns eventColumns{"time", "message"};
constexpr Columns pointColumns{"step", "epoch", "value", "time"};

/// Reads one row, by the places of its columns.
class RowReader {
  public:
    explicit RowReader(const SQLite::Statement &statement) : m_statement(statement) {}

    std::string text(int column) const { return m_statement.getColumn(column).getString(); }
    std::int64_t whole(int column) const { return m_statement.getColumn(column).getInt64(); }
    std::uint32_t count(int column) const { return static_cast<std::uint32_t>(whole(column)); }
    double real(int column) const {
        return optionalReal(column).value_or(std::numeric_limits<double>::quiet_NaN());
    }
    std::optional<double> optionalReal(int column) const {
        const SQLite::Column value = m_statement.getColumn(column);
        return value.isNull() ? std::nullopt : std::optional(value.getDouble());
    }
    /// An object, or null if there is none; `what` and `run` are for messages.
    Json json(int column, const char *what, RunId run) const {
        const std::string name = std::string("the ") + what + " of run " + std::to_string(run);
        try {
            Json json = parseJson(text(column), name);
            if (json.is_object() || json.is_null())
                return json;
        } catch (const InvalidInput &error) {
            throw DamagedRecord(error.what());
        }
        throw DamagedRecord(name + " is not a JSON object");
    }
    std::optional<RunOrigin> origin(int column, RunId run) const {
        const std::string stored = text(column);
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
};

DatasetRecord readDataset(const RowReader &row) {
    constexpr auto &at = runColumns;
    DatasetRecord dataset;
    dataset.source = row.text(at["dataset_source"]);
    dataset.title = row.text(at["dataset_title"]);
    dataset.fingerprint = row.text(at["dataset_fingerprint"]);
    dataset.trainImages = row.count(at["dataset_train"]);
    dataset.validationImages = row.count(at["dataset_validation"]);
    dataset.testImages = row.count(at["dataset_test"]);
    dataset.classes = row.count(at["dataset_classes"]);
    dataset.broken = row.count(at["dataset_broken"]);
    return dataset;
}

RunRecord readRun(const SQLite::Statement &statement) {
    constexpr auto &at = runColumns;
    const RowReader row(statement);
    RunRecord run;
    run.id = row.whole(at["id"]);
    run.name = row.text(at["name"]);
    run.status = statusFromName(row.text(at["status"]));
    run.failure = row.text(at["failure"]);
    run.config = row.json(at["config"], "config", run.id);
    run.pipeline = row.json(at["pipeline"], "pipeline", run.id);
    run.dataset = readDataset(row);
    run.seed = row.whole(at["seed"]);
    run.device = row.text(at["device"]);
    run.precision = row.text(at["precision"]);
    run.programVersion = row.text(at["program_version"]);
    run.libraries = row.json(at["libraries"], "libraries", run.id);
    run.created = row.real(at["created"]);
    run.finished = row.optionalReal(at["finished"]);
    run.lastStep = row.whole(at["last_step"]);
    run.lastEpoch = row.real(at["last_epoch"]);
    run.totalSteps = row.whole(at["total_steps"]);
    run.totalEpochs = row.whole(at["total_epochs"]);
    run.imagesPerSecond = row.optionalReal(at["images_per_second"]);
    run.weightsSha256 = row.text(at["weights_sha256"]);
    run.origin = row.origin(at["origin"], run.id);
    return run;
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

ArtifactRecord readArtifact(const RowReader &row, RunId run, const ArtifactPaths &paths) {
    constexpr auto &at = artifactColumns;
    ArtifactRecord artifact;
    artifact.kind = row.text(at["kind"]);
    artifact.path = paths.resolved(run, row.text(at["path"]));
    artifact.step = row.whole(at["step"]);
    artifact.sha256 = row.text(at["sha256"]);
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
    SQLite::Statement query(m_database, runColumns.selectFrom("runs") + "ORDER BY created DESC, id DESC");
    while (query.executeStep()) {
        runs.push_back(readRun(query));
        indices.emplace(runs.back().id, runs.size() - 1);
    }
    SQLite::Statement resultQuery(m_database,
                                  resultColumns.selectFrom("results") + "ORDER BY run, epoch, id");
    while (resultQuery.executeStep()) {
        const RowReader row(resultQuery);
        const auto run = indices.find(row.whole(resultColumns["run"]));
        if (run != indices.end())
            runs[run->second].results.push_back(readResult(row, run->first));
    }
    SQLite::Statement artifactQuery(m_database,
                                    artifactColumns.selectFrom("artifacts") + "ORDER BY run, step, id");
    while (artifactQuery.executeStep()) {
        const RowReader row(artifactQuery);
        const auto run = indices.find(row.whole(artifactColumns["run"]));
        if (run != indices.end())
            runs[run->second].artifacts.push_back(readArtifact(row, run->first, m_paths));
    }
    return runs;
}

std::optional<RunRecord> RunReader::run(RunId id) const {
    const SQLite::Transaction oneMoment(m_database);
    SQLite::Statement query(m_database, runColumns.selectFrom("runs") + "WHERE id = ?");
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
    SQLite::Statement query(m_database,
                            resultColumns.selectFrom("results") + "WHERE run = ? ORDER BY epoch, id");
    query.bind(1, id);
    std::vector<Result> results;
    while (query.executeStep())
        results.push_back(readResult(RowReader(query), id));
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
    SQLite::Statement query(m_database,
                            artifactColumns.selectFrom("artifacts") + "WHERE run = ? ORDER BY step, id");
    query.bind(1, id);
    std::vector<ArtifactRecord> artifacts;
    while (query.executeStep())
        artifacts.push_back(readArtifact(RowReader(query), id, m_paths));
    return artifacts;
}

std::vector<NoteRecord> RunReader::notes(RunId id) const {
    SQLite::Statement query(m_database, eventColumns.selectFrom("events") + "WHERE run = ? ORDER BY id");
    query.bind(1, id);
    std::vector<NoteRecord> notes;
    while (query.executeStep()) {
        const RowReader row(query);
        notes.push_back({row.real(eventColumns["time"]), row.text(eventColumns["message"])});
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
    constexpr auto &at = pointColumns;
    SQLite::Statement query(m_database, at.selectFrom("metrics") +
                                            "WHERE run = ? AND metric = (SELECT id FROM metric_keys "
                                            "WHERE name = ?) AND step > ? ORDER BY step");
    query.bind(1, id);
    query.bind(2, key);
    query.bind(3, afterStep);
    std::vector<MetricPoint> points;
    while (query.executeStep()) {
        const RowReader row(query);
        MetricPoint &point = points.emplace_back();
        point.step = row.whole(at["step"]);
        point.epoch = row.real(at["epoch"]);
        point.value = row.real(at["value"]);
        point.time = row.real(at["time"]);
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
