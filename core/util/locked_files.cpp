// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/locked_files.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <map>
#include <mutex>
#include <sys/stat.h>

namespace simclr {

namespace {

struct LockedFiles {
    std::mutex mutex;
    std::map<FileKey, int> uses;
};

LockedFiles &lockedFiles() {
    static LockedFiles files;
    return files;
}

} // namespace

void addLockedFile(const FileKey &file) {
    const std::scoped_lock lock(lockedFiles().mutex);
    ++lockedFiles().uses[file];
}

void removeLockedFile(const FileKey &file) {
    const std::scoped_lock lock(lockedFiles().mutex);
    if (--lockedFiles().uses[file] == 0)
        lockedFiles().uses.erase(file);
}

bool isLockedFile(const std::filesystem::path &path) {
    const std::scoped_lock lock(lockedFiles().mutex);
    if (lockedFiles().uses.empty())
        return false;
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 &&
           lockedFiles().uses.contains(FileKey(status.st_dev, status.st_ino));
}

void requireNotLocked(const std::filesystem::path &path) {
    if (isLockedFile(path))
        throw IoError("cannot read " + displayName(path) +
                      ": it is the run database that this program has open");
}

} // namespace simclr
