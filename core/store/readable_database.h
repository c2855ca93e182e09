// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace simclr {

class RunStore;

/// A run database that is only read, and never changed: one of this version as it is, one of an older version
/// as a migrated copy in a temporary folder, which is deleted with this object. Use it on one thread.
class ReadableDatabase {
  public:
    /// Throws StorageError if it is not a run database, or one of a newer version.
    explicit ReadableDatabase(const std::filesystem::path &file);
    ~ReadableDatabase();
    ReadableDatabase(const ReadableDatabase &) = delete;
    ReadableDatabase &operator=(const ReadableDatabase &) = delete;

    const RunStore &store() const { return *m_store; }
    /// Whether an older version was migrated in a copy.
    bool isCopy() const { return !m_folder.empty(); }
    /// What marks the folder with the files of its runs, see ArtifactPaths.
    std::string identity() const;
    /// The path that the database stores for a file of a run, whose text in the copy is `path`.
    std::filesystem::path storedPath(const std::filesystem::path &path) const;

  private:
    void openCopy(const std::filesystem::path &file);

    std::filesystem::path m_folder; ///< of the copy; empty if there is none
    std::unique_ptr<RunStore> m_store;
};

} // namespace simclr
