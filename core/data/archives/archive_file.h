// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/archives/archive_index.h"
#include "core/data/dataset.h"

#include <atomic>
#include <memory>

namespace simclr {

/// A ZIP or tar archive whose members can be read in any order, from any number of threads. An archive that
/// is not compressed as a whole is read in place and opened again for every member, so that a large number of
/// archives needs no open files, and a deleted one is noticed. A compressed tar archive is unpacked once.
class ArchiveFile {
  public:
    /// Reads the index. Throws InvalidInput or IoError, naming the file and the cause, OpeningCancelled.
    static std::shared_ptr<const ArchiveFile> open(const std::filesystem::path &path,
                                                   const OpenOptions &options);

    const std::filesystem::path &path() const { return m_path; }
    const ArchiveIndex &index() const { return m_index; }

    /// The bytes of a member, by its number in the index. Throws IoError or InvalidInput if it cannot be
    /// read, is damaged or has more than `maxBytes`, ImagesChanged if the archive was replaced.
    std::string read(std::uint32_t member, std::uintmax_t maxBytes) const;

    /// The present state of the file; unknown if it does not exist.
    FileStamp stamp() const { return stampOf(m_path); }
    /// Throws InvalidInput if the file is not the one that was opened.
    void requireUnchanged() const;

    /// Its name in messages: that of the archive and its own.
    std::string displayName(std::uint32_t member) const;

  private:
    ArchiveFile() = default;
    std::string readFrom(const RandomFile &file, std::uint32_t member) const;
    std::string readFromZip(const RandomFile &file, std::uint32_t member) const;

    std::filesystem::path m_path;
    FileStamp m_stamp; ///< when the index was read
    ArchiveIndex m_index;
    std::shared_ptr<const RandomFile> m_unpacked; ///< of a compressed tar archive
    /// Of a ZIP archive: the length of each member's local header after its checksum was verified; 0 before.
    std::unique_ptr<std::atomic<std::uint32_t>[]> m_headerBytes;
};

/// Whether `path` is a regular file that begins like a ZIP or tar archive, or like a compressed file and is
/// named as a tar archive: ".tar.gz", ".tgz" and so on.
bool isArchive(const std::filesystem::path &path);

/// Whether `path` is a regular file that begins like a tar archive that is not compressed.
bool isPlainTar(const std::filesystem::path &path);

} // namespace simclr
