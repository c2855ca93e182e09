// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace simclr {

/// The place of a file of a run. What a database says of its files becomes one through ArtifactPaths alone,
/// and a database may come from anywhere: it may be read where it lies below the database's own folder, and
/// changed where it lies in the run's own one. Absolute paths, "..", and links that lead elsewhere do not get
/// out of these.
class RunPath {
  public:
    RunPath() = default;
    /// A file that this program has just written.
    explicit RunPath(std::filesystem::path path) : m_path(std::move(path)), m_access(Access::Read) {}

    /// To be shown or stored, not to be opened.
    const std::string &text() const { return m_path.native(); }
    bool isReadable() const { return m_access != Access::None; }
    /// To be opened for reading. Throws InvalidInput where it leads out of the database's folder.
    const std::filesystem::path &toRead() const;
    /// Another file of the same folder, which may be treated in the same way.
    RunPath sibling(const std::filesystem::path &name) const;

    /// Renames the file to NAME.damaged, for whoever wants to look at it. Leaves a file alone that is not the
    /// run's own.
    void setAside() const;
    /// Deletes the file. Leaves one alone that is not the run's own.
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
