// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// The forms that a dataset can be converted to.
enum class ConvertedForm {
    Folder,     ///< a file for each image, in folders of parts and classes
    WebDataset, ///< tar files with KEY.jpg and KEY.cls
};

struct ConversionOptions {
    ConvertedForm form = ConvertedForm::Folder;
    std::filesystem::path out;                              ///< the new folder
    std::uint64_t shardBytes = 256'000'000;                 ///< a shard is closed when it has so many
    std::function<void(std::size_t, std::size_t)> progress; ///< with the number of images done, and of all
    std::stop_token stop;
};

/// What was written.
struct ConversionReport {
    std::size_t copied = 0;         ///< images whose files were copied byte by byte
    std::size_t encoded = 0;        ///< images that were written as PNG
    std::size_t shards = 0;         ///< tar files; 0 for a folder
    bool hasLabelTable = false;     ///< labels.csv was written
    std::vector<BrokenFile> broken; ///< images that could not be read and are left out
};

/// Writes the images of a dataset without loss: the bytes of encoded files, and PNG for images of arrays;
/// with their names, classes, parts and further columns. `options.out` gets its name when all is written, and
/// must not exist or be an empty folder. Open the dataset with a memory budget of 0, so that it keeps its
/// files. Nothing if it was stopped; then nothing is left behind. Throws InvalidInput, IoError.
std::optional<ConversionReport> convertDataset(const Dataset &dataset, const ConversionOptions &options);

} // namespace simclr
