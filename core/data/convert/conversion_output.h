// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/convert/conversion.h"

#include <filesystem>
#include <memory>
#include <string>

namespace simclr {

/// The file of an image that is converted.
struct ConvertedImage {
    std::uint32_t sample = 0;
    std::string bytes;
    std::string extension; ///< ".jpg"
    bool isCopied = false; ///< the bytes are those of the source, not of a new PNG file
};

/// Writes the images of a dataset into a folder, one after the other.
class ConversionOutput {
  public:
    virtual ~ConversionOutput() = default;
    /// Throws IoError.
    virtual void add(const ConvertedImage &image) = 0;
    /// Call it once, last. Throws IoError.
    virtual void finish(ConversionReport &report) = 0;
};

std::unique_ptr<ConversionOutput> folderOutput(const Dataset &dataset, const std::filesystem::path &folder);
std::unique_ptr<ConversionOutput> shardOutput(const Dataset &dataset, const std::filesystem::path &folder,
                                              std::uint64_t shardBytes);

} // namespace simclr
