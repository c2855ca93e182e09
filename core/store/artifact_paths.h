// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <filesystem>
#include <optional>
#include <string>

namespace simclr {

/// Where the files of runs lie, seen from their database: those of run 3 of runs.sqlite in runs.sqlite.runs/3
/// beside it. A folder of this name that belongs to another database, which was renamed or moved away, is
/// left alone, and runs.sqlite.runs-2 taken; so is a link of this name that leads to a folder without this
/// database's mark. The database keeps paths relative to its own folder, so that
/// this can be moved as a whole. Not safe to use from several threads.
class ArtifactPaths {
  public:
    explicit ArtifactPaths(const std::filesystem::path &database);

    /// What the database is known by among others, wherever it lies. Call it before any of the rest.
    void setIdentity(const std::string &identity);

    /// Marks the folder as this database's, for good. `isNew`: the database had no run so far, so that a
    /// folder that nobody has marked belongs to another one. A disk that cannot be written to is no error
    /// here.
    void claim(bool isNew);

    /// Not created here.
    std::filesystem::path runFolder(RunId run) const;
    /// The text that the database keeps: relative where `path` lies below the database's folder.
    std::string stored(const std::filesystem::path &path) const;
    /// The file that `stored` means for `run`: the one in the run's own folder where there is one of this
    /// name, so that a database copied or renamed together with its files finds its own; otherwise one that
    /// lies below the database's folder.
    RunPath resolved(RunId run, const std::string &stored) const;
    /// Whether the run's own folder would be a link, through which nothing is written.
    bool isLinked(RunId run) const;

  private:
    std::optional<RunPath> ownFile(RunId run, const std::filesystem::path &name) const;
    /// The one of this name with this number; 1 has none.
    std::filesystem::path numbered(int number) const;
    void choose(bool isNew);

    std::filesystem::path m_folder;
    std::string m_name;
    std::string m_identity;
    std::filesystem::path m_runs; ///< the folder that is ours, or would be
};

} // namespace simclr
