// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"

#include "core/store/database_file.h"
#include "core/store/run_writer.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/steady_time.h"
#include "core/util/user_folders.h"

#include <SQLiteCpp/Statement.h>
#include <utility>

namespace simclr {

namespace fs = std::filesystem;

struct RunStore::Impl {
    Impl(const fs::path &path, Access access, std::chrono::milliseconds patience)
        : file(path),
          paths(path),
          connection(path, access == Access::ReadWrite, patience),
          reader(connection.database(), paths),
          writer(connection.database(), reader, paths, file) {
        translated(path, [&] { paths.setIdentity(reader.identity()); });
    }

    /// Exceptions of SQLite in `action` become a StorageError that names the file.
    template <typename Action>
    auto guarded(Action &&action) {
        return translated(file, std::forward<Action>(action));
    }

    fs::path file;
    ArtifactPaths paths;
    DatabaseFile connection;
    RunReader reader;
    RunWriter writer;
};

RunStore::RunStore(const fs::path &file, Access access, std::chrono::milliseconds patience)
    : m_impl(std::make_unique<Impl>(file, access, patience)) {}
RunStore::~RunStore() = default;
RunStore::RunStore(RunStore &&) noexcept = default;
RunStore &RunStore::operator=(RunStore &&) noexcept = default;

const fs::path &RunStore::file() const {
    return m_impl->file;
}

bool RunStore::isStillThere() const {
    return m_impl->connection.isStillThere();
}

RunId RunStore::createRun(const NewRun &run) {
    return m_impl->guarded([&] {
        const bool isFirst = m_impl->reader.isEmpty();
        const RunId id = m_impl->writer.createRun(run);
        m_impl->paths.claim(isFirst);
        return id;
    });
}

void RunStore::reopenRun(RunId id, std::int64_t step, const std::string &device) {
    m_impl->guarded([&] { m_impl->writer.reopenRun(id, step, device); });
}

void RunStore::finishRun(RunId id, RunStatus status, const std::string &failure,
                         const std::string &weightsSha256) {
    m_impl->guarded([&] { m_impl->writer.finishRun(id, status, failure, weightsSha256); });
}

void RunStore::apply(RunId id, const RunChanges &changes) {
    m_impl->guarded([&] { m_impl->writer.apply(id, changes); });
}

void RunStore::addMetrics(RunId id, std::span<const KeyedMetric> points) {
    m_impl->guarded([&] { m_impl->writer.addMetrics(id, points); });
}

void RunStore::add(RunId id, RunEntry entry) {
    RunChanges changes;
    changes.entries.push_back(std::move(entry));
    apply(id, changes);
}

void RunStore::replaceDataset(RunId id, const DatasetRecord &dataset) {
    m_impl->guarded([&] { m_impl->writer.replaceDataset(id, dataset); });
}

void RunStore::addNote(RunId id, const std::string &message) {
    add(id, NoteRecord{wallTime(), message});
}

std::vector<RunRecord> RunStore::runs() const {
    std::vector<RunRecord> runs = m_impl->guarded([&] { return m_impl->reader.runs(); });
    for (RunRecord &run : runs)
        run.database = m_impl->file;
    return runs;
}

RunRecord RunStore::run(RunId id) const {
    auto run = m_impl->guarded([&] { return m_impl->reader.run(id); });
    if (!run)
        m_impl->writer.throwMissing(id);
    run->database = m_impl->file;
    return std::move(*run);
}

std::vector<std::string> RunStore::metricKeys(RunId id) const {
    return m_impl->guarded([&] { return m_impl->reader.metricKeys(id); });
}

std::vector<MetricPoint> RunStore::curve(RunId id, const std::string &key, std::int64_t afterStep) const {
    return m_impl->guarded([&] { return m_impl->reader.curve(id, key, afterStep); });
}

std::optional<Predictions> RunStore::predictions(RunId id, const ResultKey &key) const {
    return m_impl->guarded([&] { return m_impl->reader.predictions(id, key); });
}

void RunStore::rename(RunId id, const std::string &name) {
    m_impl->guarded([&] { m_impl->writer.rename(id, name); });
}

void RunStore::remove(RunId id) {
    m_impl->guarded([&] { m_impl->writer.remove(id); });
    std::error_code failure;
    fs::remove_all(m_impl->paths.runFolder(id), failure);
    if (failure)
        throw StorageError("run " + std::to_string(id) + " was deleted, but not its files in " +
                           displayName(m_impl->paths.runFolder(id)) + ": " + failure.message());
}

void RunStore::recover(RunId id) {
    const auto journals = m_impl->guarded([&] { return m_impl->writer.takeJournals(id); });
    removeJournals(journals);
    for (const LeftJournal &journal : journals)
        if (journal.isDamaged)
            addNote(id, "A part of the records written while the database was not available is damaged: " +
                            displayName(journal.file) + ".damaged");
}

int RunStore::markInterrupted() {
    for (const RunId id : m_impl->guarded([&] { return m_impl->writer.recoverableRuns(); }))
        recover(id);
    return m_impl->guarded([&] { return m_impl->writer.markInterrupted(); });
}

double RunStore::lastSign(RunId id) const {
    return m_impl->guarded([&] { return m_impl->writer.lastSign(id); });
}

std::int64_t RunStore::changeCounter() const {
    return m_impl->guarded([&] {
        // data_version counts changes by other connections, total changes those by this one.
        SQLite::Database &database = m_impl->connection.database();
        const std::int64_t others = database.execAndGet("PRAGMA data_version").getInt64();
        return (others << 32) + database.getTotalChanges();
    });
}

fs::path RunStore::filesFolder(RunId id) const {
    m_impl->paths.claim(false);
    const fs::path folder = m_impl->paths.runFolder(id);
    if (m_impl->paths.isLinked(id))
        throw StorageError("the folder " + displayName(folder) +
                           " is a link, through which no files of a run are written");
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw StorageError("cannot create the folder " + displayName(folder) + ": " + failure.message());
    return folder;
}

fs::path defaultDatabasePath() {
    return userDataFolder() / "simclr-workbench" / "runs.sqlite";
}

} // namespace simclr
