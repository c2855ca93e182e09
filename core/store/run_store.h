// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/annotations.h"
#include "core/store/connection.h"
#include "core/store/jobs.h"
#include "core/store/run_options.h"
#include "core/store/run_recovery.h"
#include "core/store/runs.h"
#include "core/store/saved_views.h"

#include <chrono>
#include <filesystem>
#include <memory>

namespace simclr {

/// The database of runs: one SQLite file in WAL mode, by aggregates over one Connection. An object belongs to
/// one thread; any number of threads and processes may each have their own. Every function of an aggregate
/// throws StorageError, naming the file, and one that changes a run InvalidInput if there is no such run.
class RunStore {
  public:
    using Access = Connection::Access;

    /// Opens the file, creating it (and its folder) if it does not exist and ReadWrite is requested; migrates
    /// an older one after a backup next to it. A newer or foreign file is refused unchanged. If another
    /// connection locks the file, each function waits for up to `patience` and then throws DatabaseLocked.
    explicit RunStore(const std::filesystem::path &file, Access access = Access::ReadWrite,
                      std::chrono::milliseconds patience = std::chrono::seconds(10));

    const Connection &connection() const { return *m_connection; }
    Connection &connection() { return *m_connection; }

    Runs &runs() { return m_runs; }
    const Runs &runs() const { return m_runs; }
    Metrics &metrics() { return m_metrics; }
    const Metrics &metrics() const { return m_metrics; }
    Results &results() { return m_results; }
    const Results &results() const { return m_results; }
    Artifacts &artifacts() { return m_artifacts; }
    const Artifacts &artifacts() const { return m_artifacts; }
    Events &events() { return m_events; }
    const Events &events() const { return m_events; }
    RunOptions &options() { return m_options; }
    const RunOptions &options() const { return m_options; }
    Annotations &annotations() { return m_annotations; }
    const Annotations &annotations() const { return m_annotations; }
    SavedViews &savedViews() { return m_savedViews; }
    const SavedViews &savedViews() const { return m_savedViews; }
    Jobs &jobs() { return m_jobs; }
    const Jobs &jobs() const { return m_jobs; }
    RunRecovery &recovery() { return m_recovery; }
    const RunRecovery &recovery() const { return m_recovery; }

  private:
    std::unique_ptr<Connection> m_connection;
    Runs m_runs;
    Metrics m_metrics;
    Results m_results;
    Artifacts m_artifacts;
    Events m_events;
    RunOptions m_options;
    Annotations m_annotations;
    SavedViews m_savedViews;
    Jobs m_jobs;
    RunRecovery m_recovery;
};

/// The default database: simclr-workbench/runs.sqlite in userDataFolder(). Throws IoError if that is unknown.
std::filesystem::path defaultDatabasePath();

} // namespace simclr
