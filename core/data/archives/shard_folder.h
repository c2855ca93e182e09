// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace simclr {

/// The part that a shard belongs to, by the names of its folder and itself.
enum class ShardPart { Train, Test, Validation, Unlabelled, Unnamed };

/// The part of a shard of the dataset `root`, which is a folder above the shard or the shard itself. Both are
/// written alike: absolute and normal.
ShardPart partOf(const std::filesystem::path &root, const std::filesystem::path &shard);

/// Whether a folder, or a subfolder of it that is named as a split, contains a shard and no images beside it,
/// or `path` is a shard.
bool hasShards(const std::filesystem::path &path);

/// The .tar files in a folder and in its subfolders that are named as a split, sorted; or `path` itself if it
/// is a file.
std::vector<std::filesystem::path> shardsOf(const std::filesystem::path &path);

} // namespace simclr
