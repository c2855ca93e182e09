// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_listing.h"

#include <string>
#include <vector>

namespace simclr {

struct DoublesRemoved {
    std::size_t count = 0;
    std::string example; ///< "cat/1.jpg is store/1.jpg"
};

/// Leaves one of several names of a real file that links lead to. The file's own name stays, so that no image
/// changes its class or its split because a link leads there; only where a folder of files is sorted into two
/// or more classes that are made of links alone, the links stay. `isThroughLink` has an entry for each file.
/// Hard links that no symbolic link leads to are left alone.
DoublesRemoved withoutDoubles(std::vector<ListedFile> &files, const std::vector<bool> &isThroughLink);

} // namespace simclr
