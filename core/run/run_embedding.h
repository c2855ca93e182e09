// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/store/records.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

namespace simclr {

struct EmbedOptions {
    std::filesystem::path file; ///< the .npy to write; its .csv is written next to it
    std::string split = "all";  ///< all, train, validation or test, as the run would split these images
    std::string device;         ///< empty: the run's own, or the best if that one is not available
    std::function<void(std::size_t done, std::size_t all)> progress = [](std::size_t, std::size_t) {};
};

/// The result of embedDataset().
struct EmbeddedDataset {
    std::filesystem::path table; ///< the .csv
    std::uint64_t images = 0;
    std::int64_t featureSize = 0;
    double epochs = 0; ///< done by the encoder, including a fraction
    std::string device;
    std::vector<BrokenFile> broken;    ///< unreadable images, which are in neither file
    std::vector<std::string> problems; ///< sentences on newer checkpoints that are damaged or missing
};

/// Writes h of every image of `dataset`, which need not be the run's own, in its order, by the encoder of the
/// run's last checkpoint, in fp32. Returns nothing if `stop` was requested; then nothing is written. Throws
/// InvalidInput, IoError, DeviceError, ComputationError.
std::optional<EmbeddedDataset> embedDataset(const RunRecord &run, const Dataset &dataset,
                                            const EmbedOptions &options, const std::stop_token &stop);

/// The path of the table next to `file`. Throws InvalidInput if `file` does not end in ".npy".
std::filesystem::path embeddingTable(const std::filesystem::path &file);

} // namespace simclr
