// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_tree.h"
#include "core/util/message.h"

#include <compare>
#include <map>
#include <string>
#include <vector>

namespace simclr {

/// The images of a possible class, in one part of a dataset.
struct LaidOutFolder {
    const FolderNode *folder;
    std::string className; ///< raw bytes
};

/// One part of a dataset: the training or the test images.
struct LaidOutPart {
    std::string name;                   ///< the folder's, empty for the whole dataset
    std::vector<LaidOutFolder> classes; ///< the subfolders
    const FolderNode *loose = nullptr;  ///< folder whose own images are beside those subfolders
    bool hasClasses = true;             ///< false if the folders are known not to be classes

    std::size_t looseImages() const { return loose ? loose->images.size() : 0; }
};

/// Where images are that are left out. In the order of the notes.
struct LeftOutPlace {
    enum class Kind { Below, BelowInClasses, Beside, BesideClasses };

    Kind kind;
    std::string folder = {}; ///< its name, valid UTF-8; empty for BesideClasses

    auto operator<=>(const LeftOutPlace &) const = default;
};

/// The interpretation of a dataset's folders.
struct FolderLayout {
    LaidOutPart train;
    std::vector<LaidOutPart> tests;      ///< possible test parts, the most likely first
    std::vector<LaidOutPart> unlabelled; ///< images without labels, beside those of `train`
    std::vector<Message> notes;
    std::map<LeftOutPlace, std::size_t> leftOut; ///< number of images
    bool hasTrainFolder = false;
};

/// Recognises train/CLASS, CLASS, CLASS/train, train or no folders, below folders that only wrap them
/// ("images", "dataset/dataset"), and "unlabelled" beside "train". Test images never become training images,
/// and if folders look like splits but are not recognised, a note says so. Keeps pointers to nodes of `root`.
FolderLayout layoutOf(const FolderNode &root);

} // namespace simclr
