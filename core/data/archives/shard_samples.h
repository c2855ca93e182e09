// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/archives/archive_file.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// A sample of a WebDataset shard: the members whose names are equal up to the first dot of the last part.
struct ShardSample {
    std::string name;        ///< of the image's member: "cat/0001.jpg"
    std::uint32_t image = 0; ///< number of that member
    std::optional<std::uint32_t> cls;
    std::optional<std::uint32_t> json;
    std::optional<std::uint32_t> txt;
};

struct ShardSamples {
    std::vector<ShardSample> samples; ///< in the order of the shard
    std::size_t furtherImages = 0;    ///< images of samples that have another one before
    std::vector<BrokenFile> broken;   ///< images that cannot be read
};

ShardSamples samplesOf(const ArchiveIndex &index);

/// Whether the first members of a tar archive are samples with labels: an image and a .cls, .json or .txt of
/// the same key.
bool isShard(const std::filesystem::path &path);

/// Whether a tar archive is numbered as shards are ("photos-000012.tar", "00012.tar": at least five digits)
/// and an image is among its first members, with a label or without.
bool isNumberedShard(const std::filesystem::path &path);

/// Where the labels of a dataset are: .cls before .json before .txt.
enum class ShardLabels { None, Cls, Json, Txt };

/// The label of a sample as text without spaces around it; empty if it has none. Throws InvalidInput, naming
/// the member, if it is longer than a label can be or its JSON cannot be read.
std::string labelTextOf(const ArchiveFile &shard, const ShardSample &sample, ShardLabels labels);

} // namespace simclr
