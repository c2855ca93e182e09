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
    std::vector<std::string> classNames; ///< sorted; empty for a flat folder or one class alone
    std::vector<std::string> notes;      ///< what was left out, a sentence each
    std::vector<ListedFile> files;       ///< sorted by relative name
};

/// Lists the pictures below `folder`, which is laid out as train/class/*, class/*, train/* or *. It has parts
/// where pictures lie below "train" and below "test", "val", "valid" or "validation", or below "train" and in
/// no other folder; the first of the four is kept for testing. One class alone tells nothing apart, so that
/// its pictures have no labels. Throws InvalidInput or IoError where nothing is found or the folder cannot be
/// read.
FolderListing listImageFolder(const std::filesystem::path &folder, std::stop_token stop);

} // namespace simclr
