// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/arrays/byte_source.h"
#include "core/data/dataset.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// The arrangement of the bytes of one image: distances between neighbouring values, in bytes.
struct PixelLayout {
    int width = 0;    ///< pixels
    int height = 0;   ///< pixels
    int channels = 3; ///< 1: grey; 3: RGB; 4: RGB and transparency, which is dropped
    std::size_t channelStep = 1;
    std::size_t columnStep = 3;
    std::size_t rowStep = 0;

    /// Of one image.
    std::size_t byteCount() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(channels);
    }

    bool operator==(const PixelLayout &) const = default;
};

/// Rows of pixels from top to bottom; the channels of a pixel are beside each other.
PixelLayout interleavedLayout(int width, int height, int channels);
/// A plane for each channel, of rows from top to bottom.
PixelLayout planarLayout(int width, int height, int channels);

/// One array of images of equal size, such as all training images.
struct ImageArray {
    std::string name; ///< of the file or array; a part of the names of its samples: "train.bin#00012"
    ByteSourcePtr bytes;
    std::uint64_t begin = 0; ///< where the first image begins
    std::uint64_t step = 0;  ///< from one image to the next, bytes
    std::uint32_t count = 0;
    PixelLayout layout;
    std::vector<std::int32_t> labels; ///< of each image, or empty: none has a label
    bool isTest = false;
};

/// A dataset that consists of arrays, not checked yet.
struct ArraySet {
    std::string kind;
    std::string title;
    std::string source;
    std::vector<std::string> classNames;
    std::vector<Message> notes;
    std::vector<ImageArray> arrays; ///< in the order of their samples
};

/// Opens the set: reads every image once for its content hash, and keeps the bytes in memory if the decoded
/// images fit into the memory budget; otherwise they stay in their files. Labels must be below the number of
/// classes, and every array must contain its images. Throws InvalidInput, IoError, OpeningCancelled.
DatasetPtr openArraySet(ArraySet set, const OpenOptions &options);

} // namespace simclr
