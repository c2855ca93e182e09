// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace simclr {

/// Which images of a run an image belongs to.
enum class ImageSplit : std::uint8_t {
    Train,
    Validation,
    Test,
    Learn, ///< the encoder learns from it, and no evaluation uses it: it has no label
    None,  ///< the run does not use it: more training images than its limit
};

/// "train", "validation", "test", "learn", "none".
const std::string &nameOf(ImageSplit split);

/// Features of images in memory: h or z of a run, or thumbnails. Knows no LibTorch, so that the window can
/// keep it. Four lists of one length n; a row is an image.
struct FeatureTable {
    std::size_t columns = 0;            ///< d
    std::vector<float> values;          ///< (n, d), row by row
    std::vector<std::uint32_t> samples; ///< indices in their dataset
    std::vector<ImageSplit> splits;
    std::vector<std::int32_t> labels; ///< class indices; −1: unlabelled

    std::size_t rows() const { return samples.size(); }
    std::span<const float> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

/// Throws InvalidInput if the table has no rows, or if a value is NaN or infinite, naming the image; a
/// distance to it would not be defined.
void requireUsable(const FeatureTable &table);

/// The row of this sample. Throws InvalidInput if the table does not contain it.
std::size_t rowOf(const FeatureTable &table, std::uint32_t sample);

} // namespace simclr
