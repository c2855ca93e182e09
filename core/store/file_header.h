// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace simclr {

/// Looks at the first bytes of an existing file, without SQLite. Throws StorageError where it is no SQLite
/// file, another program's, or newer than this one. Not to be called while this process has the file open.
void checkFileHeader(const std::filesystem::path &file);

/// Throws StorageError where what SQLite would open beside `file` is a pipe, say: it would wait for ever.
void checkFilesBeside(const std::filesystem::path &file);

/// Throws StorageError where `version` is newer than storeVersion().
void checkStoreVersion(int version, const std::filesystem::path &file);

} // namespace simclr
