// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <filesystem>
#include <optional>
#include <string>

namespace simclr {

/// Where the files of runs are stored, relative to their database: those of run 3 of runs.sqlite in
/// runs.sqlite.runs/3 next to it. A folder of this name that belongs to another database, which was renamed
/// or moved away, is not used, but runs.sqlite.runs-2; the same applies to a link of this name to a folder
/// without this database's mark. The database stores paths relative to its own folder, so that the folder can
/// be moved as a whole. Not thread-safe.
class ArtifactPaths {
  public:
    explicit ArtifactPaths(const std::filesystem::path &database);

    /// Sets the identity of the database, independent of its location. Call it before any other function.
    void setIdentity(const std::string &identity);

    /// Marks the folder permanently as this database's. `isNew`: the database had no run so far, so that an
    /// unmarked folder belongs to another one. A disk that cannot be written to is not an error here.
    void claim(bool isNew);

    /// Not created here.
    std::filesystem::path runFolder(RunId run) const;
    /// The text that the database stores: relative if `path` is below the database's folder.
    std::string stored(const std::filesystem::path &path) const;
    /// The file that `stored` refers to for `run`: the file of this name in the run's own folder if it
    /// exists, so that a database copied or renamed together with its files finds its own; otherwise one
    /// below the database's folder.
    RunPath resolved(RunId run, const std::string &stored) const;
    /// Whether the run's own folder would be a link, through which nothing is written.
    bool isLinked(RunId run) const;

  private:
    std::optional<RunPath> ownFile(RunId run, const std::filesystem::path &name) const;
    /// The folder of this name with this number; number 1 has no suffix.
    std::filesystem::path numbered(int number) const;
    void choose(bool isNew);

    std::filesystem::path m_folder;
    std::string m_name;
    std::string m_identity;
    std::filesystem::path m_runs; ///< our folder, or the one that will be ours
};

} // namespace simclr
