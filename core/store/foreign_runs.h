// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/annotations.h"
#include "core/store/connection.h"
#include "core/store/runs.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace simclr {

/// The members of NewRun::libraries of a run that was imported as curves, without an encoder.
inline constexpr const char *importFormatKey = "imported_from";     ///< "TensorBoard event files", …
inline constexpr const char *importSourceKey = "import_source";     ///< the file or folder
inline constexpr const char *importIdentityKey = "import_identity"; ///< recognises it at the next import

/// Whether the run consists of imported curves: there is no encoder to evaluate, export or resume.
bool hasCurvesOnly(const NewRun &run);
/// Throws InvalidInput, saying why, if hasCurvesOnly().
void requireEncoder(const RunRecord &run);

/// Adds runs that were recorded elsewhere: by another program, or in another database. It has its own
/// connection to the database; use it on one thread. Every function throws StorageError.
class ForeignRuns {
  public:
    /// Creates the database if it does not exist.
    explicit ForeignRuns(const std::filesystem::path &database);

    /// What recognises each run of the database, see runIdentity().
    std::map<std::string, RunId> identities();
    /// The run that has this identity; nothing if there is none. Within a transaction it remains right until
    /// its end: what other processes have added is read again.
    std::optional<RunId> find(const std::string &identity);

    /// All of it is stored, or nothing if it throws.
    void inTransaction(const std::function<void()> &change);

    /// Adds the record with its own times, status and steps. It belongs to no process: a status Running
    /// becomes Interrupted. Results, artifacts, notes and curves are added separately, to the parts below.
    RunId add(const RunRecord &run);
    /// Replaces status, times, steps and hash of the weights by those of `run`.
    void setState(RunId id, const RunRecord &run);

    Runs &runs() { return m_runs; }
    Metrics &metrics() { return m_metrics; }
    Results &results() { return m_results; }
    Artifacts &artifacts() { return m_artifacts; }
    Events &events() { return m_events; }
    Annotations &annotations() { return m_annotations; }

  private:
    Connection m_connection;
    Runs m_runs;
    Metrics m_metrics;
    Results m_results;
    Artifacts m_artifacts;
    Events m_events;
    Annotations m_annotations;
    std::map<std::string, RunId> m_identities; ///< as other connections had left it at m_version, …
    std::int64_t m_version = -1;               ///< … with what this one has added since
};

/// A text that recognises a run in any database: the identity of its import, otherwise a hash of when it was
/// created, its seed, options and pipeline, which no change of a run alters. Copies of a database have equal
/// ones.
std::string runIdentity(const RunRecord &run);

} // namespace simclr
