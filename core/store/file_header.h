// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace simclr {

/// Checks the first bytes of an existing file, without SQLite. Throws StorageError if it is not a SQLite
/// file, belongs to another program, or is newer than this one. Must not be called while this process has the
/// file open.
void checkFileHeader(const std::filesystem::path &file);

/// Throws StorageError if a file that SQLite would open next to `file` is, for example, a pipe: it would wait
/// endlessly.
void checkFilesBeside(const std::filesystem::path &file);

/// Throws StorageError if `version` is newer than storeVersion().
void checkStoreVersion(int version, const std::filesystem::path &file);

} // namespace simclr
