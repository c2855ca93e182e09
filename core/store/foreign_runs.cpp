// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/foreign_runs.h"

#include "core/store/binder.h"
#include "core/util/error.h"
#include "core/util/hash.h"
#include "core/util/number_text.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr {

namespace {

std::string textIn(const Json &object, const char *member) {
    const auto found = object.is_object() ? object.find(member) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

std::string hashOf(double created, std::int64_t seed, const std::string &config,
                   const std::string &pipeline) {
    return sha256(numberText(created) + "\n" + std::to_string(seed) + "\n" + config + "\n" + pipeline);
}

/// What a run of this database is recognised by, from its row; the library texts are parsed only if they can
/// contain an identity.
std::string identityOf(const SQLite::Statement &row) {
    const std::string libraries = row.getColumn("libraries").getString();
    if (libraries.find(importIdentityKey) != std::string::npos)
        if (std::string known = textIn(parseJson(libraries, "the libraries of a run"), importIdentityKey);
            !known.empty())
            return known;
    return hashOf(row.getColumn("created").getDouble(), row.getColumn("seed").getInt64(),
                  row.getColumn("config").getString(), row.getColumn("pipeline").getString());
}

RunStatus storedStatus(const RunRecord &run) {
    return run.status == RunStatus::Running ? RunStatus::Interrupted : run.status;
}

void bindOrNull(SQLite::Statement &statement, int place, const std::optional<double> &number) {
    if (number)
        statement.bind(place, *number);
    else
        statement.bind(place);
}

} // namespace

bool hasCurvesOnly(const NewRun &run) {
    return !textIn(run.libraries, importFormatKey).empty();
}

void requireEncoder(const RunRecord &run) {
    if (hasCurvesOnly(run))
        throw InvalidInput(displayName(run) + " was imported from " + textIn(run.libraries, importFormatKey) +
                           ": it has curves, but no encoder to evaluate, export or resume");
}

ForeignRuns::ForeignRuns(const std::filesystem::path &database)
    : m_connection(database),
      m_runs(m_connection),
      m_metrics(m_connection),
      m_results(m_connection),
      m_artifacts(m_connection),
      m_events(m_connection),
      m_annotations(m_connection) {}

std::map<std::string, RunId> ForeignRuns::identities() {
    return m_connection.guarded([&] {
        std::map<std::string, RunId> identities;
        SQLite::Statement query(
            m_connection.database(),
            "SELECT id, created, seed, config, pipeline, libraries FROM runs ORDER BY id");
        while (query.executeStep())
            identities.emplace(identityOf(query), query.getColumn("id").getInt64());
        return identities;
    });
}

std::optional<RunId> ForeignRuns::find(const std::string &identity) {
    const std::int64_t version = m_connection.changeCounter() >> 32; // of changes by others
    if (version != m_version) {
        m_identities = identities();
        m_version = version;
    }
    const auto known = m_identities.find(identity);
    return known == m_identities.end() ? std::nullopt : std::optional(known->second);
}

void ForeignRuns::inTransaction(const std::function<void()> &change) {
    try {
        m_connection.inTransaction(change);
    } catch (...) {
        m_version = -1; // what was added is not stored
        throw;
    }
}

RunId ForeignRuns::add(const RunRecord &run) {
    RunId id = 0;
    m_connection.inTransaction([&] {
        id = m_runs.create(run);
        setState(id, run);
    });
    m_identities.emplace(runIdentity(run), id);
    return id;
}

void ForeignRuns::setState(RunId id, const RunRecord &run) {
    m_connection.guarded([&] {
        SQLite::Statement update(
            m_connection.database(),
            "UPDATE runs SET created = ?, status = ?, failure = ?, last_step = ?, last_epoch = ?, "
            "weights_sha256 = ?, device = ?, finished = ?8, images_per_second = ?9, process_number = 0, "
            "process_start = 0, process_boot = '' WHERE id = ?10");
        Binder(update) << run.created << statusName(storedStatus(run)) << run.failure << run.lastStep
                       << run.lastEpoch << run.weightsSha256 << run.device;
        bindOrNull(update, 8, run.finished);
        bindOrNull(update, 9, run.imagesPerSecond);
        update.bind(10, id);
        update.exec();
    });
}

std::string runIdentity(const RunRecord &run) {
    const std::string imported = textIn(run.libraries, importIdentityKey);
    return imported.empty() ? hashOf(run.created, run.seed, toLine(run.config), toLine(run.pipeline))
                            : imported;
}

} // namespace simclr
