// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace SQLite {
class Exception;
}

namespace simclr {

/// Turns SQLite's error about the run database `file` into a StorageError with a readable sentence.
[[noreturn]] void throwStorageError(const std::filesystem::path &file, const SQLite::Exception &error);

} // namespace simclr
