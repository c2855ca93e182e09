// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_walk.h"
#include "core/data/listed_file.h"

#include <string>
#include <vector>

namespace simclr {

struct DuplicatesRemoved {
    std::size_t count = 0;
    std::string exampleLink; ///< "cat/1.jpg", one of the removed
    std::string exampleFile; ///< "store/1.jpg", the one that is kept of it
};

/// Keeps one of several names of a real file with links to it. The file's own name is kept, so that a link
/// never changes the class or the split of an image; only if a folder of files is sorted into two or more
/// classes that contain only links, the links are kept. Hard links without a symbolic link to them are not
/// changed. `root`: the folder of `contents`.
DuplicatesRemoved withoutDuplicates(std::vector<ListedFile> &files, const FolderContents &contents,
                                    const std::filesystem::path &root);

} // namespace simclr
