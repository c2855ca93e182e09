// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/shard_folder.h"

#include "core/data/archives/shard_samples.h"
#include "core/data/split_names.h"
#include "core/image/codec.h"
#include "core/util/lower_case.h"

#include <algorithm>

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool isNamedUnlabelled(const std::string &name) {
    return std::ranges::any_of(
        wordsOf(name), [](const std::string &word) { return word == "unlabelled" || word == "unlabeled"; });
}

ShardPart partNamed(const std::string &name) {
    if (isNamedUnlabelled(name))
        return ShardPart::Unlabelled;
    const auto kind = splitKindWithin(name);
    if (!kind)
        return ShardPart::Unnamed;
    return *kind == SplitKind::Train  ? ShardPart::Train
           : *kind == SplitKind::Test ? ShardPart::Test
                                      : ShardPart::Validation;
}

bool isTar(const fs::directory_entry &entry) {
    return lowerCase(entry.path().extension().native()) == ".tar" && entry.is_regular_file();
}

bool isPartFolder(const fs::directory_entry &entry) {
    return entry.is_directory() && partNamed(entry.path().filename().native()) != ShardPart::Unnamed;
}

enum class Depth { ThisFolder, PartFolders };

/// Whether a folder contains shards and no images beside them. All entries are looked at, because their order
/// is arbitrary. Shards without labels look like any archive: they need numbers in their names, and no
/// folders beside them.
bool containsShards(const fs::path &folder, Depth depth) {
    bool isCertain = false;
    bool isLikely = false;
    bool hasOtherFolders = false;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        const bool isHidden = entry.path().filename().native().starts_with('.');
        if (!isHidden && hasImageExtension(entry.path()))
            return false;
        if (isTar(entry)) {
            isCertain = isCertain || isShard(entry.path());
            isLikely = isLikely || isCertain || isNumberedShard(entry.path());
        } else if (depth == Depth::PartFolders && isPartFolder(entry)) {
            isCertain = isCertain || containsShards(entry.path(), Depth::ThisFolder);
        } else {
            hasOtherFolders = hasOtherFolders || (!isHidden && entry.is_directory());
        }
    }
    return isCertain || (isLikely && !hasOtherFolders);
}

void addTars(const fs::path &folder, std::vector<fs::path> &shards) {
    for (const fs::directory_entry &entry : fs::directory_iterator(folder))
        if (isTar(entry))
            shards.push_back(entry.path());
}

} // namespace

ShardPart partOf(const fs::path &root, const fs::path &shard) {
    const bool isInSubfolder = fs::is_directory(root) && shard.parent_path() != root;
    const ShardPart folder =
        isInSubfolder ? partNamed(shard.parent_path().filename().native()) : ShardPart::Unnamed;
    return folder != ShardPart::Unnamed ? folder : partNamed(shard.stem().native());
}

bool hasShards(const fs::path &path) {
    if (!fs::is_directory(path))
        return isShard(path);
    return containsShards(path, Depth::PartFolders);
}

std::vector<fs::path> shardsOf(const fs::path &path) {
    if (!fs::is_directory(path))
        return {path};
    std::vector<fs::path> shards;
    addTars(path, shards);
    for (const fs::directory_entry &entry : fs::directory_iterator(path))
        if (isPartFolder(entry))
            addTars(entry.path(), shards);
    std::ranges::sort(shards);
    return shards;
}

} // namespace simclr
