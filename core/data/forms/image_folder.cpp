// SPDX-License-Identifier: GPL-3.0-or-later
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

DatasetPtr openImageFolder(const fs::path &folder, const OpenOptions &options) {
    if (!isFolder(folder))
        throw InvalidInput(displayName(folder) + " is not a folder");
    EncodedSource source = encodedSource("folder", folder);
    source.listing = listImageFolder(folder, options.stop);
    source.files = std::make_shared<LooseFiles>(folder, source.listing.images);
    return openEncodedImages(std::move(source), options);
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
