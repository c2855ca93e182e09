// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/artifact_paths.h"
#include "core/store/foreign_runs.h"
#include "core/store/readable_database.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// Copies the files of runs of one database into the folder of another: checkpoints, and the initial weights
/// beside them. Only files that belong to the database are read, see RunPath. It refers to all that it is
/// given.
class RunFiles {
  public:
    /// `file` is where `source` is stored; the store may be a copy of it elsewhere.
    RunFiles(const std::filesystem::path &file, const ReadableDatabase &source, ForeignRuns &target,
             std::stop_token stop);

    /// Copies the artifacts of `run`, a run of the source, that the run `copy` of the target does not have.
    /// Returns how many; `problems` gets a sentence for each that cannot be copied. Throws StorageError, and
    /// Interrupted if a stop is requested.
    std::int64_t copy(const RunRecord &run, RunId copy, std::vector<std::string> &problems);

  private:
    RunPath originalPath(RunId run, const ArtifactRecord &artifact) const;
    void copyArtifact(const ArtifactRecord &artifact, const RunPath &path, RunId copy);
    void copyInitialWeights(const RunPath &checkpoint, RunId copy);
    void copyFile(const std::filesystem::path &from, const std::filesystem::path &to) const;

    const ReadableDatabase &m_source;
    ArtifactPaths m_paths; ///< of the source at its own place, if it was migrated in a copy
    ForeignRuns &m_target;
    std::stop_token m_stop;
};

} // namespace simclr
