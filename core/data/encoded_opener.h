// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/encoded_files.h"
#include "core/data/image_list.h"
#include "core/data/sample_columns.h"

#include <filesystem>

namespace simclr {

/// A dataset of encoded images before they are opened.
struct EncodedSource {
    std::string kind;            ///< DatasetReport::kind
    std::string title;           ///< DatasetReport::title
    std::string source;          ///< DatasetReport::source
    std::filesystem::path place; ///< the folder or file, for messages
    ImageListing listing;
    std::shared_ptr<const EncodedFiles> files;         ///< of listing.images
    std::shared_ptr<const SampleColumns> columns = {}; ///< of listing.images; nothing without further columns
    std::filesystem::path index = {};                  ///< EncodedSamples::index
};

/// With kind, place, title (the last name of the path) and source ("kind:" and the absolute path) set.
EncodedSource encodedSource(const std::string &kind, const std::filesystem::path &place);

/// The images before they are opened, for a first preview (OpenOptions::openingPreview).
DatasetPtr unreadImages(const EncodedSource &source, const OpenOptions &options);

/// Reads and checks every image, keeps all decoded if they fit into the memory budget, otherwise decodes each
/// one when it is requested. Broken images are left out and reported. The fingerprint depends on the names,
/// classes, parts and bytes of the images, not on where the bytes are: the same images in a folder and in an
/// archive have the same one. Throws InvalidInput if no image can be read, OpeningCancelled.
DatasetPtr openEncodedImages(EncodedSource source, const OpenOptions &options);

} // namespace simclr
