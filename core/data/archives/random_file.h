// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/encoded_files.h"

#include <filesystem>
#include <string>

namespace simclr {

/// A regular file open for reading at any place. Reading does not move a common position, so that any number
/// of threads can read at the same time.
class RandomFile {
  public:
    /// Throws IoError if it cannot be opened or is not a regular file.
    explicit RandomFile(std::filesystem::path path);
    /// Owns `descriptor`; `path` is its name in messages.
    RandomFile(int descriptor, std::filesystem::path path);
    ~RandomFile();
    RandomFile(const RandomFile &) = delete;
    RandomFile &operator=(const RandomFile &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    std::uint64_t size() const { return m_size; }
    /// Of the file that is open, whatever its path names since then.
    FileStamp stamp() const { return m_stamp; }

    /// At most `count` bytes from `offset`; fewer only at the end of the file. Throws IoError.
    std::string readUpTo(std::uint64_t offset, std::size_t count) const;
    /// Exactly `count` bytes. Throws InvalidInput if the file ends before.
    std::string read(std::uint64_t offset, std::size_t count) const;

  private:
    void examine();

    std::filesystem::path m_path;
    int m_descriptor;
    std::uint64_t m_size = 0;
    FileStamp m_stamp;
};

} // namespace simclr
