// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_index.h"
#include "core/data/encoded_opener.h"
#include "core/data/folder_listing.h"
#include "core/data/forms/form.h"
#include "core/data/loose_files.h"
#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool isFolder(const fs::path &path) {
    return fs::is_directory(path);
}

/// Of a walk that lasts: images found first, without labels.
void previewFirst(const NameTable &found, EncodedSource source, const OpenOptions &options) {
    constexpr std::uint32_t mostShown = 1000;
    const auto images = std::make_shared<ImageList>();
    for (std::uint32_t i = 0; i < std::min(found.size(), mostShown); ++i)
        images->add(found.at(i), Dataset::unlabelled, false);
    source.listing.images = images;
    source.files = std::make_shared<LooseFiles>(source.place, images);
    options.openingPreview(unreadImages(source, options));
}

DatasetPtr openImageFolder(const fs::path &folder, const OpenOptions &options) {
    if (!isFolder(folder))
        throw InvalidInput(displayName(folder) + " is not a folder");
    EncodedSource source = encodedSource("folder", folder);
    const DatasetIndex index(folder, source.source, options);
    if (const DatasetPtr dataset = index.open())
        return dataset;
    source.index = index.file();
    const WalkWatch watch{options.firstPreviewAfter,
                          [&](const NameTable &found) { previewFirst(found, source, options); }};
    source.listing = listImageFolder(folder, options.stop, options.openingPreview ? watch : WalkWatch{});
    source.files = std::make_shared<LooseFiles>(folder, source.listing.images);
    const ImageListing listing = source.listing;
    const DatasetPtr dataset = openEncodedImages(std::move(source), options);
    index.save(*dataset, listing);
    return dataset;
}

} // namespace

const DataForm imageFolderForm{
    "folder",
    "Folder of images",
    "A folder with images at any depth, in one of the layouts below. Every folder that has no other form is "
    "opened as one.",
    isFolder,
    openImageFolder,
};

} // namespace simclr
