// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace simclr::ui {

/// What exportImageFolder() wrote.
struct ExportedFolder {
    std::size_t written = 0;
    std::size_t leftOut = 0; ///< without a label among labelled ones
};

/// Writes images as a new folder that can be opened as a dataset: a subfolder per class, below "train" and
/// "test" if the images have a given test split. Files are copied as they are, other images are written as
/// PNG. The folder gets its name when it is complete; nothing remains if `stop` was requested (0 written).
/// Throws InvalidInput if the folder exists or is among the images, IoError if it cannot be written.
ExportedFolder exportImageFolder(const Dataset &images, std::span<const std::uint32_t> samples,
                                 const std::filesystem::path &folder, const std::stop_token &stop,
                                 const std::function<void(std::size_t)> &progress);

/// All images that are not among `samples`, which are sorted.
std::vector<std::uint32_t> otherSamples(const Dataset &images, std::span<const std::uint32_t> samples);

} // namespace simclr::ui
