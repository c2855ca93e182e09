// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/streamed_folder.h"

#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <algorithm>
#include <charconv>
#include <sys/stat.h>

namespace simclr {

FileStamp stampOf(const std::filesystem::path &path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino, status.st_size, status.st_mtim, status.st_ctim};
}

std::uint64_t contentId(const std::string &sha256) {
    std::uint64_t id = 0;
    std::from_chars(sha256.data(), sha256.data() + std::min<std::size_t>(sha256.size(), 16), id, 16);
    return id;
}

StreamedFolder::StreamedFolder(DatasetReport report, std::vector<SampleInfo> samples,
                               std::vector<StreamedFile> files, std::string fingerprint,
                               const Reading &reading)
    : ListedDataset(std::move(report), std::move(samples), std::move(fingerprint)),
      m_files(std::move(files)),
      m_reading(reading) {}

Image StreamedFolder::image(std::uint32_t sample) const {
    const StreamedFile &file = m_files.at(sample);
    const std::string bytes = readFile(file.path, m_reading.limits.maxFileBytes);
    const bool isTouched = file.stamp.isKnown() && !(stampOf(file.path) == file.stamp);
    if (isTouched && contentId(sha256(bytes)) != contentOf(sample))
        throw ImagesChanged(displayName(file.path) + " was replaced or changed since the folder was opened");
    return decodeImage(bytes, displayName(file.path), m_reading.limits, m_reading.depth);
}

} // namespace simclr
