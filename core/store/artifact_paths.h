// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <filesystem>
#include <string>

namespace simclr {

/// Where the files of runs lie, seen from their database: those of run 3 of runs.sqlite in runs.sqlite.runs/3
/// beside it. The database keeps paths relative to its folder, so that the folder can be moved as a whole.
class ArtifactPaths {
  public:
    explicit ArtifactPaths(const std::filesystem::path &database);

    /// Not created here.
    std::filesystem::path runFolder(RunId run) const;
    /// The text that the database keeps: relative where `path` lies below the database's folder.
    std::string stored(const std::filesystem::path &path) const;
    /// The file that `stored` means for `run`: the one in the run's own folder where there is one of this
    /// name, so that a database copied or renamed together with its files finds its own.
    std::filesystem::path resolved(RunId run, const std::string &stored) const;

  private:
    std::filesystem::path m_folder;
    std::filesystem::path m_runs;
};

} // namespace simclr
