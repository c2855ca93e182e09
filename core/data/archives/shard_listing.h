// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/archives/archive_files.h"
#include "core/data/image_list.h"

#include <filesystem>
#include <stop_token>

namespace simclr {

/// The samples of WebDataset shards as a listing.
struct ListedShards {
    ImageListing listing;
    std::vector<std::shared_ptr<const ArchiveFile>> shards;
    std::vector<ArchiveFiles::Member> members; ///< of each image
};

/// Whether a folder, or a subfolder of it that is named as a split, contains a shard, or `path` is one. Only
/// looks at the first entries of folders, and not further than the first image.
bool hasShards(const std::filesystem::path &path);

/// The .tar files in a folder and in its subfolders that are named as a split, sorted; or `path` itself if it
/// is a file.
std::vector<std::filesystem::path> shardsOf(const std::filesystem::path &path);

/// Lists the samples of all shards of `path`. Shards that cannot be read are listed as broken. Throws
/// InvalidInput if no sample is left or a label is not valid, OpeningCancelled.
ListedShards listShards(const std::filesystem::path &path, const OpenOptions &options);

} // namespace simclr
