// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// A picture file in a folder, not opened yet.
struct ListedFile {
    std::filesystem::path path;
    std::string relative; ///< below the folder, as raw bytes with '/'
    int label = -1;
    bool isTest = false;
};

struct FolderListing {
    std::vector<std::string> classNames; ///< sorted; empty for a flat folder
    std::vector<ListedFile> files;       ///< sorted by relative name
};

/// Lists the pictures below `folder`, which is laid out as train/class/*, class/*, train/* or *. It has parts
/// where it holds "train" and at most "test", "val" and "valid" beside it; the first of these three is kept
/// for testing. Throws InvalidInput or IoError where nothing is found or the folder cannot be read.
FolderListing listImageFolder(const std::filesystem::path &folder, std::stop_token stop);

} // namespace simclr
