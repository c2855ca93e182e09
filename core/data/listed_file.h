// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <string>
#include <vector>

namespace simclr {

/// An image of a folder's content that is used.
struct ListedFile {
    std::uint32_t image; ///< its number in FolderContents::images
    int label = Dataset::unlabelled;
    bool isTest = false;
};

/// A listing while it is made, before its images are sorted and their names copied.
struct FolderListing {
    std::vector<std::string> classNames; ///< sorted, raw bytes; empty for a flat folder or one class alone
    std::vector<Message> notes;     ///< what was left out and why, one sentence each, without the full stop
    std::vector<BrokenFile> broken; ///< entries that could not be listed
    std::vector<ListedFile> files;
};

} // namespace simclr
