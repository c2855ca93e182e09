// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace simclr {

// The folder of a run database, where SQLite creates files next to it. `absolute` is its whole path.

/// Creates the folder of a new database if necessary. Throws StorageError if it cannot be written to.
void prepareFolder(const std::filesystem::path &file);

/// Whether no files can be created next to a database.
bool isFolderLocked(const std::filesystem::path &absolute);

/// Whether a write-ahead log contains data that is not in the file yet.
bool hasLog(const std::filesystem::path &absolute);

/// Reading a database in WAL mode creates an index of its log next to it. If none can be created and none
/// exists, as on a read-only disk, SQLite can read the file only as immutable; but not if a log contains more
/// data.
bool isImmutable(const std::filesystem::path &absolute);

/// The URI of a file that does not change (sqlite.org/uri.html), for isImmutable().
std::string immutableUri(const std::filesystem::path &absolute);

} // namespace simclr
