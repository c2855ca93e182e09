// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/storage_error.h"

#include "core/store/database_folder.h"
#include "core/util/control_characters.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// SQLite's message in one line: it quotes a table whose definition is damaged.
std::string reasonOf(const SQLite::Exception &error) {
    constexpr std::size_t longest = 200;
    const std::string whole = replaceControls(error.what(), [](char32_t) { return " "; });
    return toValidUtf8(whole.substr(0, longest)) + (whole.size() > longest ? " …" : "");
}

} // namespace

void throwStorageError(const fs::path &file, const SQLite::Exception &error) {
    const std::string name = displayName(file);
    const std::string reason = reasonOf(error);
    const std::string detail = " (" + reason + ")";
    switch (error.getErrorCode() & 0xFF) {
    case SQLITE_NOTADB:
        throw StorageError(name + " is not a run database: it is not a SQLite file");
    case SQLITE_CORRUPT:
        throw StorageError("the run database " + name + " is damaged" + detail);
    case SQLITE_FULL:
        throw StorageError("the run database " + name + " cannot be written: the disk is full");
    case SQLITE_READONLY:
        throw StorageError("the run database " + name + " is write-protected" + detail);
    case SQLITE_CANTOPEN:
        if (hasLog(fs::absolute(file)) && isFolderLocked(fs::absolute(file)))
            throw StorageError("the run database " + name + " cannot be opened in a read-only folder: the " +
                               "log next to it contains a part of it; copy " + name + " and " + name +
                               "-wal to another folder");
        throw StorageError("the run database " + name + " cannot be opened" + detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw DatabaseLocked("the run database " + name + " is locked by another program");
    case SQLITE_IOERR:
        throw StorageError("the run database " + name + " cannot be read or written" + detail);
    default:
        throw StorageError("the run database " + name + " failed: " + reason);
    }
}

} // namespace simclr
