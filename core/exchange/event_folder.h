// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/imported_run.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// A folder that contains event files: one run, as in TensorBoard.
struct EventFolder {
    std::filesystem::path folder;
    std::string
        name; ///< relative to the folder that was searched, "train/run_1"; of that folder its own name
    std::vector<std::filesystem::path> files; ///< in the order of their names, which begin with their time
};

struct EventFolders {
    std::vector<EventFolder> folders; ///< in the order of their names
    std::vector<std::string> problems;
};

/// Finds all folders with event files at and below `root`: files whose name contains "tfevents", as
/// TensorBoard does. Links to folders are not followed, so that none is read twice and a loop has no effect.
/// Looks at most 32 folders deep and at 1 million entries, and reports what it did not read. Throws IoError
/// if `root` cannot be read, and InvalidInput if it is not a folder.
EventFolders findEventFolders(const std::filesystem::path &root, const std::stop_token &stop = {});

/// Reads the event files of one folder into the curves and options of one run. Its identity is that of its
/// first record and the name of that file, so that it does not depend on where the folder is. An incomplete
/// last record is normal: a program is writing the file. What is damaged is left out and reported. Throws
/// Interrupted if `stop` is requested.
ImportedRun readEventFolder(const EventFolder &folder, const std::stop_token &stop = {});

/// Only the identity that readEventFolder() finds, from the first records of the files; empty without a
/// complete record. Never throws for files that cannot be read.
std::string identityOf(const EventFolder &folder);

} // namespace simclr
