// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/gallery/gallery_item.h"
#include "ui/runs/explore/map/mapped_images.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace simclr::ui {

/// The features in which neighbours are searched. A plain value.
struct NeighbourSource {
    RunRecord run;
    FeatureRequest request; ///< that gave the features
    MappedImages images;
};

using NeighbourSourcePtr = std::shared_ptr<const NeighbourSource>;

/// The images nearest to another one, nearest first.
struct FoundNeighbours {
    std::vector<GalleryItem> items;  ///< with their distance
    std::vector<std::uint32_t> rows; ///< of the same images
    std::size_t sameClass = 0;       ///< images of the class of the query
    bool isLabelled = false;         ///< the query has a class
    QString problem;                 ///< a sentence; then there are no images
};

/// The `count` images nearest to an image of the source, by the cosine.
FoundNeighbours neighboursOfImage(const NeighbourSource &source, std::uint32_t sample, std::size_t count);

/// Those nearest to an image file from anywhere, which is embedded first.
FoundNeighbours neighboursOfFile(const NeighbourSource &source, const std::filesystem::path &file,
                                 std::size_t count);

/// The images that are in both.
std::size_t commonImages(const FoundNeighbours &one, const FoundNeighbours &other);

} // namespace simclr::ui
