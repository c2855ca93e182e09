// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_writer.h"

#include "core/store/binder.h"
#include "core/store/insert.h"
#include "core/store/process_id.h"
#include "core/store/result_writer.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/steady_time.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <algorithm>
#include <iterator>

namespace simclr {

namespace fs = std::filesystem;

namespace {

Binder &operator<<(Binder &binder, const DatasetRecord &dataset) {
    return binder << dataset.source << dataset.title << dataset.fingerprint << dataset.trainImages
                  << dataset.validationImages << dataset.testImages << dataset.classes << dataset.broken;
}

Binder &operator<<(Binder &binder, const ProcessId &process) {
    return binder << process.number << process.startTicks << process.boot;
}

} // namespace

RunWriter::RunWriter(SQLite::Database &database, const RunReader &reader, const ArtifactPaths &paths,
                     fs::path file)
    : m_database(database), m_reader(reader), m_paths(paths), m_file(std::move(file)) {}

void RunWriter::throwMissing(RunId id) const {
    throw InvalidInput("there is no run " + std::to_string(id) + " in " + displayName(m_file));
}

bool RunWriter::hasRun(RunId id) const {
    SQLite::Statement query(m_database, "SELECT 1 FROM runs WHERE id = ?");
    query.bind(1, id);
    return query.executeStep();
}

void RunWriter::requireRun(RunId id) const {
    if (!hasRun(id))
        throwMissing(id);
}

/// A journal that cannot be read is found again at every start.
void RunWriter::tellOnce(RunId id, const std::string &message) {
    SQLite::Statement query(m_database, "SELECT 1 FROM events WHERE run = ? AND message = ?");
    Binder(query) << id << message;
    if (!query.executeStep())
        write(id, NoteRecord{wallTime(), message});
}

RunId RunWriter::createRun(const NewRun &run) {
    const ProcessId process = currentProcess();
    Insert row("runs");
    row.set("name", run.name)
        .set("status", statusName(RunStatus::Running))
        .set("config", run.config)
        .set("pipeline", run.pipeline)
        .set("dataset_source", run.dataset.source)
        .set("dataset_title", run.dataset.title)
        .set("dataset_fingerprint", run.dataset.fingerprint)
        .set("dataset_train", run.dataset.trainImages)
        .set("dataset_validation", run.dataset.validationImages)
        .set("dataset_test", run.dataset.testImages)
        .set("dataset_classes", run.dataset.classes)
        .set("dataset_broken", run.dataset.broken)
        .set("seed", run.seed)
        .set("device", run.device)
        .set("precision", run.precision)
        .set("program_version", run.programVersion)
        .set("libraries", run.libraries)
        .set("created", wallTime())
        .set("total_steps", run.totalSteps)
        .set("total_epochs", run.totalEpochs)
        .set("process_number", process.number)
        .set("process_start", process.startTicks)
        .set("process_boot", process.boot);
    if (run.origin)
        row.set("origin", toJson(*run.origin))
            .set("last_step", run.origin->step)
            .set("last_epoch", run.origin->epoch);
    return row.execute(m_database);
}

void RunWriter::reopenRun(RunId id, std::int64_t step, const std::string &device) {
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    requireRun(id);
    SQLite::Statement points(m_database, "DELETE FROM metrics WHERE run = ? AND step > ?");
    Binder(points) << id << step;
    points.exec();
    SQLite::Statement artifacts(m_database, "DELETE FROM artifacts WHERE run = ? AND step > ?");
    Binder(artifacts) << id << step;
    artifacts.exec();
    removeResultsAfter(m_database, id, step);
    SQLite::Statement update(
        m_database,
        "UPDATE runs SET device = COALESCE(NULLIF(?, ''), device), status = 'running', failure = '', "
        "finished = NULL, images_per_second = NULL, "
        "weights_sha256 = '', last_step = ?, last_epoch = COALESCE((SELECT MAX(epoch) FROM metrics WHERE run "
        "= runs.id), json_extract(NULLIF(origin, ''), '$.epoch'), 0), process_number = ?, process_start = ?, "
        "process_boot = ? WHERE id = ? AND status NOT "
        "IN ('running', 'completed')");
    Binder binder(update);
    binder << device << step << currentProcess() << id;
    if (update.exec() != 1)
        throw InvalidInput("run " + std::to_string(id) + " is running or completed and cannot be resumed");
    transaction.commit();
}

void RunWriter::markEnded(RunId id, const std::string &status, const std::string &failure, double finished,
                          const std::string &weights) {
    SQLite::Statement update(m_database, "UPDATE runs SET status = ?, failure = ?, finished = ?, "
                                         "images_per_second = ?, weights_sha256 = ? WHERE id = ?");
    const auto speed = m_reader.median(id, "images_per_second");
    Binder(update) << status << failure << finished << speed.value_or(0) << weights << id;
    if (!speed)
        update.bind(4);
    if (update.exec() == 0)
        throwMissing(id);
}

std::map<std::string, std::int64_t> RunWriter::metricIds(std::span<const KeyedMetric> points) {
    std::map<std::string, std::int64_t> ids;
    for (const KeyedMetric &metric : points)
        ids.emplace(metric.key, 0);
    for (auto &[name, id] : ids) {
        SQLite::Statement insert(m_database, "INSERT OR IGNORE INTO metric_keys (name) VALUES (?)");
        insert.bind(1, name);
        insert.exec();
        SQLite::Statement query(m_database, "SELECT id FROM metric_keys WHERE name = ?");
        query.bind(1, name);
        query.executeStep();
        id = query.getColumn(0).getInt64();
    }
    return ids;
}

void RunWriter::insertPoints(RunId run, std::span<const KeyedMetric> points) {
    const auto ids = metricIds(points);
    SQLite::Statement insert(m_database,
                             "INSERT OR REPLACE INTO metrics (run, metric, step, epoch, value, time) "
                             "VALUES (?, ?, ?, ?, ?, ?)");
    for (const auto &[key, point] : points) {
        Binder(insert) << run << ids.at(key) << point.step << point.epoch << point.value << point.time;
        insert.exec();
        insert.reset();
    }
}

void RunWriter::write(RunId id, std::span<const KeyedMetric> points) {
    if (points.empty())
        return;
    insertPoints(id, points);
    const auto last =
        std::ranges::max_element(points, {}, [](const KeyedMetric &metric) { return metric.point.step; });
    SQLite::Statement update(m_database, "UPDATE runs SET last_step = MAX(last_step, ?), "
                                         "last_epoch = MAX(last_epoch, ?) WHERE id = ?");
    Binder(update) << last->point.step << last->point.epoch << id;
    update.exec();
}

void RunWriter::write(RunId id, const Result &result) {
    insertResult(m_database, id, result);
}

void RunWriter::write(RunId id, const ArtifactRecord &artifact) {
    Insert("artifacts", Insert::Conflict::Replaces)
        .set("run", id)
        .set("kind", artifact.kind)
        .set("path", m_paths.stored(artifact.path.text()))
        .set("step", artifact.step)
        .set("sha256", artifact.sha256)
        .execute(m_database);
}

/// A file may be stored under another path: the resolved files are compared.
void RunWriter::write(RunId id, const ArtifactRemoved &removed) {
    for (const std::string &stored : storedPaths(id)) {
        if (m_paths.resolved(id, stored).text() != removed.path && stored != m_paths.stored(removed.path))
            continue;
        SQLite::Statement remove(m_database, "DELETE FROM artifacts WHERE run = ? AND path = ?");
        Binder(remove) << id << stored;
        remove.exec();
    }
}

/// The same note at the same time is stored once.
void RunWriter::write(RunId id, const NoteRecord &note) {
    SQLite::Statement insert(m_database,
                             "INSERT INTO events (run, time, message) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
                             "(SELECT 1 FROM events WHERE run = ?1 AND time = ?2 AND message = ?3)");
    Binder(insert) << id << note.time << note.message;
    insert.exec();
}

void RunWriter::write(RunId id, const RunEnded &ended) {
    markEnded(id, statusName(ended.status), ended.status == RunStatus::Failed ? ended.failure : "",
              ended.time, ended.weightsSha256);
}

template <typename Write>
void RunWriter::inTransaction(RunId id, Write write) {
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    requireRun(id);
    write();
    transaction.commit();
}

void RunWriter::write(RunId id, const RunChanges &changes) {
    write(id, changes.metrics);
    for (const RunEntry &entry : changes.entries)
        std::visit([&](const auto &each) { write(id, each); }, entry);
}

void RunWriter::apply(RunId id, const RunChanges &changes) {
    inTransaction(id, [&] { write(id, changes); });
}

void RunWriter::addMetrics(RunId id, std::span<const KeyedMetric> points) {
    if (!points.empty())
        inTransaction(id, [&] { write(id, points); });
}

void RunWriter::finishRun(RunId id, RunStatus status, const std::string &failure,
                          const std::string &weightsSha256) {
    inTransaction(id, [&] { write(id, RunEnded{status, failure, weightsSha256, wallTime()}); });
}

std::vector<std::string> RunWriter::storedPaths(RunId id) const {
    std::vector<std::string> paths;
    SQLite::Statement query(m_database, "SELECT path FROM artifacts WHERE run = ?");
    query.bind(1, id);
    while (query.executeStep())
        paths.push_back(query.getColumn(0).getString());
    return paths;
}

void RunWriter::replaceDataset(RunId id, const DatasetRecord &dataset) {
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    setApartResults(m_database, id);
    SQLite::Statement update(
        m_database, "UPDATE runs SET dataset_source = ?, dataset_title = ?, dataset_fingerprint = ?, "
                    "dataset_train = ?, dataset_validation = ?, dataset_test = ?, dataset_classes = ?, "
                    "dataset_broken = ? WHERE id = ?");
    Binder binder(update);
    binder << dataset << id;
    if (update.exec() == 0)
        throwMissing(id);
    transaction.commit();
}

void RunWriter::rename(RunId id, const std::string &name) {
    if (name.find_first_not_of(" \t\n") == std::string::npos)
        throw InvalidInput("a run's name must not be empty");
    SQLite::Statement update(m_database, "UPDATE runs SET name = ? WHERE id = ?");
    Binder(update) << name << id;
    if (update.exec() == 0)
        throwMissing(id);
}

void RunWriter::remove(RunId id) {
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    requireRun(id);
    SQLite::Statement remove(m_database, "DELETE FROM runs WHERE id = ? AND status <> 'running'");
    remove.bind(1, id);
    if (remove.exec() == 0)
        throw InvalidInput("run " + std::to_string(id) + " is running; stop it before deleting it");
    transaction.commit();
}

double RunWriter::lastSign(RunId id) const {
    SQLite::Statement query(m_database,
                            "SELECT COALESCE(MAX(m.time), r.created) FROM runs r LEFT JOIN metrics m "
                            "ON m.run = r.id WHERE r.id = ?");
    query.bind(1, id);
    query.executeStep();
    return query.getColumn(0).getDouble();
}

std::vector<RunId> RunWriter::runningRuns(bool alive) const {
    std::vector<RunId> runs;
    SQLite::Statement query(m_database, "SELECT id, process_number, process_start, process_boot FROM runs "
                                        "WHERE status = 'running'");
    while (query.executeStep())
        if (isAlive({query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
                     query.getColumn(3).getString()}) == alive)
            runs.push_back(query.getColumn(0).getInt64());
    return runs;
}

std::vector<RunId> RunWriter::recoverableRuns() const {
    std::vector<RunId> runs = runningRuns(false);
    std::ranges::copy_if(runningRuns(true), std::back_inserter(runs),
                         [this](RunId id) { return hasLeftJournal(m_paths.runFolder(id)); });
    return runs;
}

/// Inside a transaction, so that no other process can resume the run meanwhile.
std::vector<LeftJournal> RunWriter::takeJournals(RunId id) {
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    if (!hasRun(id))
        return {}; // deleted meanwhile
    const fs::path folder = m_paths.runFolder(id);
    const std::vector<RunId> written = runningRuns(true);
    if (std::ranges::find(written, id) != written.end() && !hasLeftJournal(folder))
        return {};
    std::vector<LeftJournal> journals;
    try {
        journals = readJournals(folder, [&](const RunChanges &changes) { write(id, changes); });
    } catch (const IoError &error) { // the records read so far are kept
        tellOnce(id, error.what());
    }
    transaction.commit();
    return journals;
}

int RunWriter::markInterrupted() {
    if (runningRuns(false).empty())
        return 0; // the usual case takes no lock
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    const std::vector<RunId> interrupted = runningRuns(false);
    for (const RunId id : interrupted)
        markEnded(id, statusName(RunStatus::Interrupted), "", lastSign(id), "");
    transaction.commit();
    return static_cast<int>(interrupted.size());
}

} // namespace simclr
