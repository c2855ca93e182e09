// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/features.h"
#include "core/util/csv.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>

namespace simclr {

/// What to embed: images of a dataset, as squares of this side.
struct EmbeddingSource {
    const Dataset &dataset;
    std::span<const std::uint32_t> samples;
    int imageSize = 32;
};

/// Where to.
struct EmbeddingFiles {
    std::filesystem::path features; ///< .npy
    std::filesystem::path table;    ///< .csv
};

/// What writeEmbedding() wrote.
struct Embedding {
    std::uint64_t images = 0;
    std::int64_t featureSize = 0;
    std::vector<BrokenFile> broken; ///< images that stand in neither file
};

/// Writes the representations h of the images in their order: features in NumPy's format 1.0, float32 of
/// shape (images, d), and a CSV (csvField()) of "path,label" with a row for each, where a label is the name
/// of a class or nothing. Streams, so that no dataset is too large; both files appear only when they are
/// complete. `progress` hears how many images are done. Gives nothing when `stop` was requested. Throws
/// IoError, also where no image can be read.
std::optional<Embedding> writeEmbedding(ResNet &encoder, const EmbeddingSource &source,
                                        const ComputeDevice &device, const EmbeddingFiles &files,
                                        const std::stop_token &stop,
                                        const std::function<void(std::size_t)> &progress);

} // namespace simclr
