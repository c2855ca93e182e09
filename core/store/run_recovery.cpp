// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_recovery.h"

#include "core/store/change_journal.h"
#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/process_id.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>

namespace simclr {

RunRecovery::RunRecovery(Connection &connection)
    : m_connection(connection), m_runs(connection), m_events(connection) {}

void RunRecovery::recover(RunId id) {
    const std::vector<LeftJournal> journals = takeJournals(id);
    removeJournals(journals);
    for (const LeftJournal &journal : journals)
        if (journal.isDamaged)
            m_events.add(id,
                         "A part of the records written while the database was not available is damaged: " +
                             displayName(journal.file) + ".damaged");
}

/// Inside a transaction, so that no other process can resume the run meanwhile. Returns the journals, to be
/// deleted.
std::vector<LeftJournal> RunRecovery::takeJournals(RunId id) {
    std::vector<LeftJournal> journals;
    m_connection.inTransaction([&] {
        const bool isDeleted = !hasRun(m_connection, id); // meanwhile
        if (!isDeleted && !isBeingWritten(id))
            journals = importJournals(id);
    });
    return journals;
}

bool RunRecovery::isBeingWritten(RunId id) const {
    const std::vector<RunId> written = runningRuns(true);
    return std::ranges::find(written, id) != written.end() &&
           !hasLeftJournal(m_connection.paths().runFolder(id));
}

std::vector<LeftJournal> RunRecovery::importJournals(RunId id) {
    try {
        return readJournals(m_connection.paths().runFolder(id),
                            [&](const RunChanges &changes) { m_runs.apply(id, changes); });
    } catch (const IoError &error) { // the records read so far are kept
        m_events.addOnce(id, error.what());
        return {}; // the journal is found again at every start
    }
}

/// Each process is asked for once: it may have thousands of runs.
std::vector<RunId> RunRecovery::runningRuns(bool alive) const {
    std::vector<RunId> runs;
    std::map<std::tuple<std::int64_t, std::int64_t, std::string>, bool> known;
    SQLite::Statement query(m_connection.database(),
                            "SELECT id, process_number, process_start, process_boot FROM runs "
                            "WHERE status = 'running'");
    while (query.executeStep()) {
        const ProcessId process{query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
                                query.getColumn(3).getString()};
        const auto [state, isNew] =
            known.try_emplace({process.number, process.startTicks, process.boot}, false);
        if (isNew)
            state->second = isAlive(process);
        if (state->second == alive)
            runs.push_back(query.getColumn(0).getInt64());
    }
    return runs;
}

std::vector<RunId> RunRecovery::recoverableRuns() const {
    return m_connection.guarded([&] {
        std::vector<RunId> runs = runningRuns(false);
        std::ranges::copy_if(runningRuns(true), std::back_inserter(runs),
                             [this](RunId id) { return hasLeftJournal(m_connection.paths().runFolder(id)); });
        return runs;
    });
}

/// A run with damaged records must not hinder others; its journal is found again at every start.
void RunRecovery::tryToRecover(RunId id) {
    try {
        recover(id);
    } catch (const DatabaseLocked &) {
        throw;
    } catch (const StorageError &error) {
        m_events.addOnce(id, error.what());
    }
}

std::vector<RunId> RunRecovery::markInterrupted() {
    for (const RunId id : recoverableRuns())
        tryToRecover(id);
    return m_connection.guarded([&] {
        std::vector<RunId> interrupted = runningRuns(false);
        if (interrupted.empty())
            return interrupted; // the usual case takes no lock
        m_connection.inTransaction([&] {
            interrupted = runningRuns(false);
            for (const RunId id : interrupted)
                m_runs.finish(id, {RunStatus::Interrupted, {}, {}, lastSign(id)});
        });
        return interrupted;
    });
}

double RunRecovery::lastSign(RunId id) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT COALESCE(MAX(s.last_time), r.created) FROM runs r LEFT JOIN "
                                "metric_summaries s ON s.run = r.id WHERE r.id = ?");
        query.bind(1, id);
        query.executeStep();
        return query.getColumn(0).getDouble();
    });
}

} // namespace simclr
