// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// An image file below a folder, by its name; not opened yet.
struct FoundImage {
    std::filesystem::path path;
    std::string relative;       ///< below the folder, as raw bytes with '/'
    bool isThroughLink = false; ///< it or a folder above it is a symbolic link
};

/// A file that looks like an image but is of no kind that is read.
struct UnreadImage {
    std::string relative;
    std::string kind; ///< ".heic", or "no extension (JPEG)"
};

/// Images that belong to no dataset: thumbnails that a NAS keeps, hidden files, bins.
struct SystemFiles {
    std::size_t images = 0;
    bool isAll = true;           ///< false where counting was given up
    std::set<std::string> names; ///< of the folders, or "hidden files"
};

/// What lies below a folder.
struct FolderContents {
    std::vector<FoundImage> images; ///< sorted by relative name
    std::vector<UnreadImage> unread;
    std::vector<BrokenFile> broken;      ///< links that lead nowhere, folders that may not be read, pipes
    std::vector<std::string> labelFiles; ///< val_annotations.txt, relative
    std::size_t loops = 0;               ///< links back to a folder above them, not followed
    SystemFiles systemFiles;
};

/// Lists what lies below `root` at any depth. Symbolic links are followed, but never back to a folder above
/// them, and no folder more than a few times. Throws OpeningCancelled when stopped, IoError where `root`
/// itself cannot be read.
FolderContents walkFolder(const std::filesystem::path &root, const std::stop_token &stop);

} // namespace simclr
