// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <sys/types.h>
#include <utility>

namespace simclr {

/// Device and inode.
using FileKey = std::pair<dev_t, ino_t>;

// Files on which SQLite holds locks in this process. Whoever closes any descriptor of such a file releases
// them all (fcntl(2); sqlite.org/howtocorrupt.html, section 2.2), and another process may then delete the
// write-ahead log that is still in use. Such a file must not be opened in any other way. Safe to use from any
// number of threads.

/// Counted: each call needs one of removeLockedFile().
void addLockedFile(const FileKey &file);
void removeLockedFile(const FileKey &file);

/// Links are followed; false if there is no such file.
bool isLockedFile(const std::filesystem::path &path);

/// Call before opening a file that a user or a folder names. Throws IoError for one of them.
void requireNotLocked(const std::filesystem::path &path);

} // namespace simclr
