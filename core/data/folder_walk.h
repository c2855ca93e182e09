// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/encoded_files.h"
#include "core/data/name_table.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// A file that looks like an image of an unsupported format.
struct UnreadImage {
    std::string relative;
    std::string extension;    ///< ".heic", in lower case and valid UTF-8; empty without
    std::string content = {}; ///< "JPEG", if it is known by its first bytes and not by its extension
};

/// Images that do not belong to a dataset: thumbnails of a NAS, hidden files, recycle bins.
struct SystemFiles {
    std::size_t images = 0;
    bool isAll = true;             ///< false if counting was stopped early
    std::set<std::string> folders; ///< their names, valid UTF-8
    bool areSomeHidden = false;    ///< hidden files outside of those folders
};

/// The content of a folder at any depth, by relative names.
struct FolderContents {
    NameTable images;                ///< the image files, not opened yet; sorted by name
    std::vector<bool> isThroughLink; ///< for each image: it or a folder above it is a symbolic link
    std::vector<UnreadImage> unread;
    std::vector<BrokenFile> broken;      ///< broken links, folders without read permission, pipes
    std::vector<std::string> labelFiles; ///< val_annotations.txt, relative
    std::size_t loops = 0;               ///< links to one of their parent folders, not followed
    SystemFiles systemFiles;
    /// Folders that were entered, by relative name ("" is the root), and entries that are broken.
    NameTable watched;
    std::vector<FileStamp> watchedStamps; ///< of each; of folders before their entries were read
    /// Whether a folder was changed so shortly before it was read that a further change may not be seen in
    /// its stamp.
    bool isJustChanged = false;

    void addImage(std::string_view name, bool throughLink) {
        images.add(name);
        isThroughLink.push_back(throughLink);
    }
};

/// Who wants to see the first images of a long walk.
struct WalkWatch {
    std::chrono::milliseconds after{};
    /// Called once, with the names found so far, if the walk lasts longer than `after`; may be empty.
    std::function<void(const NameTable &found)> show;
};

/// Lists the content of `root` at any depth. Symbolic links are followed, but never to one of their parent
/// folders, and no folder more than a few times. Throws OpeningCancelled if stopped, IoError if `root` itself
/// cannot be read.
FolderContents walkFolder(const std::filesystem::path &root, const std::stop_token &stop,
                          const WalkWatch &watch = {});

} // namespace simclr
