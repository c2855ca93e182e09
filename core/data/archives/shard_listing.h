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

/// Lists the samples of all shards of `path`. Shards that cannot be read are listed as broken. Throws
/// InvalidInput if no sample is left or a label is not valid, OpeningCancelled.
ListedShards listShards(const std::filesystem::path &path, const OpenOptions &options);

} // namespace simclr
