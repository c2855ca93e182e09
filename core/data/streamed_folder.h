// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/stored_dataset.h"

#include <ctime>
#include <sys/types.h>

namespace simclr {

/// The state of a file's directory entry when it was read, used to detect later changes.
struct FileStamp {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = -1;
    std::timespec modified{};
    std::timespec changed{};

    bool isKnown() const { return size >= 0; }
    friend bool operator==(const FileStamp &a, const FileStamp &b) {
        return a.device == b.device && a.inode == b.inode && a.size == b.size &&
               a.modified.tv_sec == b.modified.tv_sec && a.modified.tv_nsec == b.modified.tv_nsec &&
               a.changed.tv_sec == b.changed.tv_sec && a.changed.tv_nsec == b.changed.tv_nsec;
    }
};

/// Unknown if there is no such file.
FileStamp stampOf(const std::filesystem::path &path);

/// A content hash: the first 64 bits of the SHA-256, given as hexadecimal digits.
std::uint64_t contentId(const std::string &sha256);

struct StreamedFile {
    std::filesystem::path path;
    FileStamp stamp;
};

/// Images that do not fit into memory: only checked at opening, decoded each time they are requested. An
/// image that was replaced since then is rejected with ImagesChanged.
class StreamedFolder final : public ListedDataset {
  public:
    struct Reading {
        DecodeLimits limits;
        DepthRule depth;
    };

    StreamedFolder(DatasetReport report, std::vector<SampleInfo> samples, std::vector<StreamedFile> files,
                   std::string fingerprint, const Reading &reading);

    Image image(std::uint32_t sample) const override;

  private:
    std::vector<StreamedFile> m_files;
    Reading m_reading;
};

} // namespace simclr
