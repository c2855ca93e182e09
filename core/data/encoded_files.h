// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

struct stat;

namespace simclr {

/// The state of a file when it was read, used to detect later changes: a hash of its inode, size and times of
/// change.
struct FileStamp {
    std::uint64_t value = 0;

    bool isKnown() const { return value != 0; }
    bool operator==(const FileStamp &) const = default;
};

/// Unknown if there is no such file or folder.
FileStamp stampOf(const std::filesystem::path &path);
FileStamp stampOf(const struct stat &status);

/// Where the bytes of a dataset's encoded images are: files of a folder, members of an archive. Image i is
/// that of the ImageList that belongs to it. Immutable, and safe to use from any number of threads.
class EncodedFiles {
  public:
    virtual ~EncodedFiles() = default;

    /// All bytes of image i. Throws IoError if they cannot be read, InvalidInput if there are more than
    /// `maxBytes` or they are damaged, ImagesChanged if what contains them was replaced.
    virtual std::string read(std::uint32_t i, std::uintmax_t maxBytes) const = 0;

    /// The present state of the file that contains image i; unknown if it does not exist.
    virtual FileStamp stamp(std::uint32_t i) const = 0;

    /// The name of image i in messages, with its folder or archive; valid UTF-8.
    virtual std::string displayName(std::uint32_t i) const = 0;
};

} // namespace simclr
