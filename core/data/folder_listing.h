// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// An image file in a folder, not opened yet.
struct ListedFile {
    std::filesystem::path path;
    std::string relative; ///< below the folder, as raw bytes with '/'
    int label = -1;
    bool isTest = false;
};

struct FolderListing {
    std::vector<std::string> classNames; ///< sorted; empty for a flat folder or one class alone
    std::vector<Message> notes;     ///< what was left out and why, one sentence each, without the full stop
    std::vector<BrokenFile> broken; ///< entries that could not be listed
    std::vector<ListedFile> files;  ///< sorted by relative name
};

/// Lists the images below `folder`, in a layout recognised by layoutOf(). The classes are those of training;
/// test images of other classes are left out. A single class distinguishes nothing, so that its images have
/// no labels. If an evaluation folder has val_annotations.txt (Tiny-ImageNet: file name, class, box), its
/// labels come from there. Every real file is listed once, even if several links point to it. Throws
/// InvalidInput or IoError if nothing is found or the folder cannot be read.
FolderListing listImageFolder(const std::filesystem::path &folder, std::stop_token stop);

} // namespace simclr
