// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/artifacts.h"

#include "core/store/binder.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/insert.h"
#include "core/store/row_reader.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr Columns artifactColumns{"run", "kind", "path", "step", "sha256"};

ArtifactRecord readArtifact(const RowReader &row, RunId run, const ArtifactPaths &paths) {
    constexpr auto &at = artifactColumns;
    return {row.text(at["kind"]), paths.resolved(run, row.text(at["path"])), row.whole(at["step"]),
            row.text(at["sha256"])};
}

} // namespace

void Artifacts::add(RunId run, const ArtifactRecord &artifact) {
    changeRun(m_connection, run, [&] {
        Insert("artifacts", Insert::Conflict::Replaces)
            .set("run", run)
            .set("kind", artifact.kind)
            .set("path", m_connection.paths().stored(artifact.path.text()))
            .set("step", artifact.step)
            .set("sha256", artifact.sha256)
            .execute(m_connection.database());
    });
}

/// A file may be stored under another path: the resolved files are compared.
void Artifacts::remove(RunId run, const std::string &path) {
    changeRun(m_connection, run, [&] {
        const ArtifactPaths &paths = m_connection.paths();
        for (const std::string &stored : storedPaths(run)) {
            if (paths.resolved(run, stored).text() != path && stored != paths.stored(path))
                continue;
            SQLite::Statement remove(m_connection.database(),
                                     "DELETE FROM artifacts WHERE run = ? AND path = ?");
            Binder(remove) << run << stored;
            remove.exec();
        }
    });
}

std::vector<std::string> Artifacts::storedPaths(RunId run) const {
    std::vector<std::string> paths;
    SQLite::Statement query(m_connection.database(), "SELECT path FROM artifacts WHERE run = ?");
    query.bind(1, run);
    while (query.executeStep())
        paths.push_back(query.getColumn(0).getString());
    return paths;
}

void Artifacts::removeAfter(RunId run, std::int64_t step) {
    changeRun(m_connection, run, [&] {
        SQLite::Statement remove(m_connection.database(), "DELETE FROM artifacts WHERE run = ? AND step > ?");
        Binder(remove) << run << step;
        remove.exec();
    });
}

std::vector<ArtifactRecord> Artifacts::of(RunId run) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                artifactColumns.selectFrom("artifacts") + "WHERE run = ? ORDER BY step, id");
        query.bind(1, run);
        std::vector<ArtifactRecord> artifacts;
        while (query.executeStep())
            artifacts.push_back(readArtifact(RowReader(query), run, m_connection.paths()));
        return artifacts;
    });
}

void Artifacts::readInto(const RunsById &runs) const {
    m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                artifactColumns.selectFrom("artifacts") + "ORDER BY run, step, id");
        while (query.executeStep()) {
            const RowReader row(query);
            const auto run = runs.find(row.whole(artifactColumns["run"]));
            if (run != runs.end())
                run->second->artifacts.push_back(readArtifact(row, run->first, m_connection.paths()));
        }
    });
}

fs::path Artifacts::folder(RunId run) const {
    m_connection.paths().claim(false);
    const fs::path folder = m_connection.paths().runFolder(run);
    if (m_connection.paths().isLinked(run))
        throw StorageError("the folder " + displayName(folder) +
                           " is a link, through which no files of a run are written");
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw StorageError("cannot create the folder " + displayName(folder) + ": " + failure.message());
    return folder;
}

void Artifacts::deleteFolder(RunId run) {
    const fs::path folder = m_connection.paths().runFolder(run);
    std::error_code failure;
    fs::remove_all(folder, failure);
    if (failure)
        throw StorageError("run " + std::to_string(run) + " was deleted, but not its files in " +
                           displayName(folder) + ": " + failure.message());
}

} // namespace simclr
