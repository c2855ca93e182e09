// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace simclr {

class Connection;

/// The files of the runs of a database. A part of RunStore, see there.
class Artifacts {
  public:
    explicit Artifacts(Connection &connection) : m_connection(connection) {}

    /// Replaces the artifact of the same path.
    void add(RunId run, const ArtifactRecord &artifact);
    /// Deletes the record of a file; the file remains.
    void remove(RunId run, const std::string &path);
    /// The same for all of later steps.
    void removeAfter(RunId run, std::int64_t step);

    std::vector<ArtifactRecord> of(RunId run) const;
    /// Those of all these runs, in one query.
    void readInto(const RunsById &runs) const;

    /// The folder for a run's files, next to the database; created on demand.
    std::filesystem::path folder(RunId run) const;
    /// Deletes this folder and all files in it.
    void deleteFolder(RunId run);

  private:
    std::vector<std::string> storedPaths(RunId run) const;

    Connection &m_connection;
};

} // namespace simclr
