// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_walk.h"
#include "core/data/image_list.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// Where the content of a folder or an archive comes from.
struct ContentsPlace {
    std::string name;           ///< the last part of its path
    std::filesystem::path path; ///< links are examined below it
    /// The text of a label file, by its relative name.
    std::function<std::string(const std::string &relative)> readLabels;
};

/// A listing, and the numbers of its images in FolderContents::images.
struct ListedContents {
    ImageListing listing;
    std::vector<std::uint32_t> found;
};

/// Lists images in a layout recognised by layoutOf(). The classes are those of training; test images of other
/// classes are left out. A single class distinguishes nothing, so that its images have no labels. If an
/// evaluation folder has val_annotations.txt (Tiny-ImageNet: file name, class, box), its labels come from
/// there. Every real file is listed once, even if several links point to it. Throws InvalidInput if no image
/// is left.
ListedContents listContents(FolderContents contents, const ContentsPlace &place);

/// Lists the images below `folder` with listContents(). Throws InvalidInput or IoError if nothing is found or
/// the folder cannot be read, OpeningCancelled.
ImageListing listImageFolder(const std::filesystem::path &folder, const std::stop_token &stop,
                             const WalkWatch &watch = {});

} // namespace simclr
