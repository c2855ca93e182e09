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

/// The images to embed, as centre crops with this side.
struct EmbeddingSource {
    const Dataset &dataset;
    std::span<const std::uint32_t> samples;
    int imageSize = 32;
};

/// The files to write.
struct EmbeddingFiles {
    std::filesystem::path features; ///< .npy
    std::filesystem::path table;    ///< .csv
};

/// What writeEmbedding() wrote.
struct Embedding {
    std::uint64_t images = 0;
    std::int64_t featureSize = 0;
    std::vector<BrokenFile> broken; ///< images that are in neither file
};

/// Writes the representations h of the images in their order: features in NumPy's format 1.0, float32 of
/// shape (images, d), and a CSV (csvField()) of "path,label" with a row for each; a label is a class name or
/// empty. Streams, so that no dataset is too large; both files appear only when they are complete. `progress`
/// receives the number of finished images. Returns nothing if `stop` was requested. Throws IoError, also if
/// no image can be read.
std::optional<Embedding> writeEmbedding(ResNet &encoder, const EmbeddingSource &source,
                                        const ComputeDevice &device, const EmbeddingFiles &files,
                                        const std::stop_token &stop,
                                        const std::function<void(std::size_t)> &progress);

} // namespace simclr
