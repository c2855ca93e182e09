// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace simclr {

/// The path of a file of a run. Only ArtifactPaths turns stored paths into one, because a database may come
/// from an untrusted source: the file may be read if it is below the database's own folder, and changed if it
/// is in the run's own folder. Absolute paths, "..", and links to other places cannot escape from these
/// folders.
class RunPath {
  public:
    RunPath() = default;
    /// A file that this program has just written.
    explicit RunPath(std::filesystem::path path) : m_path(std::move(path)), m_access(Access::Read) {}

    /// For display and storage, not for opening.
    const std::string &text() const { return m_path.native(); }
    bool isReadable() const { return m_access != Access::None; }
    /// For opening to read. Throws InvalidInput if it leads out of the database's folder.
    const std::filesystem::path &toRead() const;
    /// Another file of the same folder, with the same permissions.
    RunPath sibling(const std::filesystem::path &name) const;

    /// Renames the file to NAME.damaged, so that it can be inspected. Does nothing to a file that is not the
    /// run's own.
    void setAside() const;
    /// Deletes the file. Does nothing to a file that is not the run's own.
    void remove() const;

    bool operator==(const RunPath &other) const { return m_path == other.m_path; }

  private:
    friend class ArtifactPaths;
    enum class Access { None, Read, Change };
    RunPath(std::filesystem::path path, Access access) : m_path(std::move(path)), m_access(access) {}

    std::filesystem::path m_path;
    Access m_access = Access::None;
};

} // namespace simclr
