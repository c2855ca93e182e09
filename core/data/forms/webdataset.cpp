// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/shard_folder.h"
#include "core/data/archives/shard_listing.h"
#include "core/data/encoded_opener.h"
#include "core/data/forms/form.h"

namespace simclr {

namespace fs = std::filesystem;

namespace {

DatasetPtr openShards(const fs::path &path, const OpenOptions &options) {
    ListedShards listed = listShards(path, options);
    EncodedSource source = encodedSource("webdataset", path);
    source.listing = std::move(listed.listing);
    source.files = std::make_shared<ArchiveFiles>(listed.shards, std::move(listed.members));
    const DatasetPtr dataset = openEncodedImages(std::move(source), options);
    for (const auto &shard : listed.shards)
        shard->requireUnchanged();
    return dataset;
}

} // namespace

const DataForm webdatasetForm{
    "webdataset",
    "WebDataset shards",
    "A folder of `.tar` files, or one of them, in which the members `KEY.jpg` (or another image format) and "
    "`KEY.cls`, `KEY.json` or `KEY.txt` are a sample. The label is the text of the `.cls`, or `\"label\"` in "
    "the "
    "`.json`, or the text of the `.txt`; line N of a `classes.txt` beside the shards is the name of the "
    "class N, "
    "counted from 0. The texts are used as captions, not as classes, if at least half of them are different. "
    "Shards whose folder or name contains *train*, *val*, *test* or *unlabelled* belong to that part. "
    "Samples "
    "are sorted by their names; if a name occurs twice, all names begin with that of the shard. Shards that "
    "cannot be read or are compressed are reported. A folder of shards without any label is recognised by "
    "numbers of at least five digits in their names (`photos-000012.tar`); a folder with images beside the "
    "shards is an image folder.",
    hasShards,
    openShards,
};

} // namespace simclr
