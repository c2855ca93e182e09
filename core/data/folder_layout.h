// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_tree.h"

#include <map>
#include <string>
#include <vector>

namespace simclr {

/// The images of what may be a class, in one part of a dataset.
struct LaidOutFolder {
    const FolderNode *folder;
    std::string className; ///< raw bytes
};

/// One part of a dataset: what is for training, or what is kept for testing.
struct LaidOutPart {
    std::string name;                   ///< the folder's, empty for the whole
    std::vector<LaidOutFolder> classes; ///< the folders within
    const FolderNode *loose = nullptr;  ///< whose own images lie beside those folders
    bool hasClasses = true;             ///< false where the folders are known to be none

    std::size_t looseImages() const { return loose ? loose->images.size() : 0; }
};

/// What the folders of a dataset mean.
struct FolderLayout {
    LaidOutPart train;
    std::vector<LaidOutPart> tests; ///< those that could be kept for testing, the likeliest first
    std::vector<std::string> notes;
    std::map<std::string, std::size_t> leftOut; ///< images by the folder that they are in
    bool hasTrainFolder = false;
};

/// Understands train/CLASS, CLASS, CLASS/train, train or nothing, below folders that only wrap it ("images",
/// "dataset/dataset"). Images for testing never become images for training, and where folders look like
/// splits but are not understood, a note says so. Nodes of `root` are referred to.
FolderLayout layoutOf(const FolderNode &root);

} // namespace simclr
