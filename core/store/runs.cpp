// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/runs.h"

#include "core/store/binder.h"
#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/process_id.h"
#include "core/store/read_moment.h"
#include "core/store/run_row.h"
#include "core/util/error.h"
#include "core/util/steady_time.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <utility>

namespace simclr {

namespace {

Binder &operator<<(Binder &binder, const DatasetRecord &dataset) {
    return binder << dataset.source << dataset.title << dataset.fingerprint << dataset.trainImages
                  << dataset.validationImages << dataset.testImages << dataset.classes << dataset.broken
                  << dataset.learnImages << dataset.labelledFingerprint << dataset.firstLabelled;
}

Binder &operator<<(Binder &binder, const ProcessId &process) {
    return binder << process.number << process.startTicks << process.boot;
}

} // namespace

Runs::Runs(Connection &connection)
    : m_connection(connection),
      m_metrics(connection),
      m_results(connection),
      m_artifacts(connection),
      m_events(connection),
      m_options(connection),
      m_tags(connection) {}

std::vector<RunRecord> Runs::all(TrashedRuns which) const {
    return m_connection.guarded([&] {
        const ReadMoment oneMoment(m_connection.database());
        std::vector<RunRecord> runs = readAll(which);
        RunsById byId;
        for (RunRecord &run : runs)
            byId.emplace(run.id, &run);
        m_tags.readInto(byId);
        m_results.readInto(byId);
        m_artifacts.readInto(byId);
        return runs;
    });
}

std::vector<RunRecord> Runs::readAll(TrashedRuns which) const {
    const std::string condition = which == TrashedRuns::Only ? "NOT NULL" : "NULL";
    SQLite::Statement query(m_connection.database(), selectRuns() + "WHERE trashed IS " + condition +
                                                         " ORDER BY created DESC, id DESC");
    std::vector<RunRecord> runs;
    while (query.executeStep()) {
        runs.push_back(readOrMarked(query, readRun));
        runs.back().database = m_connection.file();
    }
    return runs;
}

RunRecord Runs::one(RunId id) const {
    return m_connection.guarded([&] {
        const ReadMoment oneMoment(m_connection.database());
        RunRecord run = readOne(id);
        run.tags = m_tags.of(id);
        run.results = m_results.of(id);
        run.artifacts = m_artifacts.of(id);
        run.notes = m_events.of(id);
        return run;
    });
}

RunRecord Runs::readOne(RunId id) const {
    SQLite::Statement query(m_connection.database(), selectRuns() + "WHERE id = ?");
    query.bind(1, id);
    if (!query.executeStep())
        throwMissing(m_connection, id);
    RunRecord run = readRun(query);
    run.database = m_connection.file();
    return run;
}

RunId Runs::create(const NewRun &run) {
    bool isFirst = false;
    RunId id = 0;
    m_connection.inTransaction([&] {
        SQLite::Database &database = m_connection.database();
        isFirst = database.execAndGet("SELECT NOT EXISTS (SELECT 1 FROM runs)").getInt() != 0;
        id = insertRun(database, run);
        m_options.set(id, run);
    });
    m_connection.paths().claim(isFirst);
    return id;
}

void Runs::reopen(RunId id, std::int64_t step, const std::string &device) {
    changeRun(m_connection, id, [&] {
        m_metrics.removeAfter(id, step);
        m_artifacts.removeAfter(id, step);
        m_results.removeAfter(id, step);
        markRunning(id, step, device);
    });
}

void Runs::markRunning(RunId id, std::int64_t step, const std::string &device) {
    SQLite::Statement update(
        m_connection.database(),
        "UPDATE runs SET device = COALESCE(NULLIF(?, ''), device), status = 'running', failure = '', "
        "finished = NULL, images_per_second = NULL, trashed = NULL, "
        "weights_sha256 = '', last_step = ?, last_epoch = COALESCE((SELECT MAX(last_epoch) FROM "
        "metric_summaries "
        "WHERE run = runs.id), json_extract(NULLIF(origin, ''), '$.epoch'), 0), process_number = ?, "
        "process_start = ?, "
        "process_boot = ? WHERE id = ? AND status NOT "
        "IN ('running', 'completed')");
    Binder binder(update);
    binder << device << step << currentProcess() << id;
    if (update.exec() != 1)
        throw InvalidInput("run " + std::to_string(id) + " is running or completed and cannot be resumed");
}

void Runs::apply(RunId id, const RunChanges &changes) {
    changeRun(m_connection, id, [&] {
        m_metrics.add(id, changes.metrics);
        for (const RunEntry &entry : changes.entries)
            std::visit([&](const auto &each) { add(id, each); }, entry);
    });
}

/// Without a value if its curve is damaged: a run that cannot be ended would make the database unusable.
std::optional<double> Runs::speedOf(RunId id) {
    try {
        return m_metrics.median(id, "images_per_second");
    } catch (const DatabaseLocked &) {
        throw;
    } catch (const StorageError &error) {
        m_events.addOnce(id, error.what());
        return std::nullopt;
    }
}

void Runs::finish(RunId id, const RunEnded &ended) {
    changeRun(m_connection, id, [&] {
        SQLite::Statement update(m_connection.database(),
                                 "UPDATE runs SET status = ?, failure = ?, finished = ?, "
                                 "images_per_second = ?, weights_sha256 = ? WHERE id = ?");
        const auto speed = speedOf(id);
        Binder(update) << statusName(ended.status)
                       << (ended.status == RunStatus::Failed ? ended.failure : std::string()) << ended.time
                       << speed.value_or(0) << ended.weightsSha256 << id;
        if (!speed)
            update.bind(4); // NULL
        update.exec();
        m_metrics.seal(id);
    });
}

void Runs::finish(RunId id, RunStatus status, const std::string &failure, const std::string &weightsSha256) {
    finish(id, RunEnded{status, failure, weightsSha256, wallTime()});
}

void Runs::replaceDataset(RunId id, const DatasetRecord &dataset) {
    changeRun(m_connection, id, [&] {
        m_results.setApart(id);
        SQLite::Statement update(
            m_connection.database(),
            "UPDATE runs SET dataset_source = ?, dataset_title = ?, dataset_fingerprint = ?, "
            "dataset_train = ?, dataset_validation = ?, dataset_test = ?, dataset_classes = ?, "
            "dataset_broken = ?, dataset_learn = ?, dataset_labelled = ?, dataset_first_labelled = ? "
            "WHERE id = ?");
        Binder binder(update);
        binder << dataset << id;
        update.exec();
    });
}

void Runs::rename(RunId id, const std::string &name) {
    if (name.find_first_not_of(" \t\n") == std::string::npos)
        throw InvalidInput("a run's name must not be empty");
    if (std::ranges::any_of(name, [](unsigned char letter) { return letter < ' ' || letter == 0x7f; }))
        throw InvalidInput("a run's name must not contain line breaks or other control characters");
    m_connection.guarded([&] {
        SQLite::Statement update(m_connection.database(), "UPDATE runs SET name = ? WHERE id = ?");
        Binder(update) << name << id;
        if (update.exec() == 0)
            throwMissing(m_connection, id);
    });
}

RunHold Runs::hold(RunId id) {
    const auto requireRun = [&] {
        if (!m_connection.guarded([&] { return hasRun(m_connection, id); }))
            throwMissing(m_connection, id);
    };
    requireRun();
    auto hold = RunHold::take(lockableFolder(id), RunHold::Purpose::Use);
    if (!hold)
        throw InvalidInput("run " + std::to_string(id) + " is being deleted");
    requireRun(); // it may have been deleted before the lock was taken
    return std::move(*hold);
}

/// Empty if no files can be written there; then other users of the run cannot be seen.
std::filesystem::path Runs::lockableFolder(RunId id) {
    try {
        return m_artifacts.folder(id);
    } catch (const StorageError &) {
        return {};
    }
}

RunHold Runs::heldForDeletion(RunId id) {
    auto hold = RunHold::take(lockableFolder(id), RunHold::Purpose::Deletion);
    if (!hold)
        throw InvalidInput("run " + std::to_string(id) +
                           " is being evaluated; delete it when the evaluation has ended");
    return std::move(*hold);
}

void Runs::removeRecord(RunId id) {
    SQLite::Statement remove(m_connection.database(),
                             "DELETE FROM runs WHERE id = ? AND status <> 'running'");
    remove.bind(1, id);
    if (remove.exec() == 0)
        throw InvalidInput("run " + std::to_string(id) + " is running; stop it before deleting it");
}

/// The hold lasts until the files are deleted.
void Runs::remove(RunId id) {
    const RunHold hold = heldForDeletion(id);
    changeRun(m_connection, id, [&] { removeRecord(id); });
    m_artifacts.deleteFolder(id);
}

bool Runs::isInTrash(RunId id) const {
    SQLite::Statement query(m_connection.database(),
                            "SELECT 1 FROM runs WHERE id = ? AND trashed IS NOT NULL");
    query.bind(1, id);
    return query.executeStep();
}

bool Runs::removeFromTrash(RunId id) {
    const RunHold hold = heldForDeletion(id);
    bool isRemoved = false;
    m_connection.inTransaction([&] {
        isRemoved = isInTrash(id);
        if (isRemoved)
            removeRecord(id);
    });
    if (isRemoved)
        m_artifacts.deleteFolder(id);
    return isRemoved;
}

} // namespace simclr
