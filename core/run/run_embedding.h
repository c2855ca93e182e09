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
    std::filesystem::path file; ///< the .npy to write; its .csv stands beside it
    std::string split = "all";  ///< all, train, validation or test, as the run would split these images
    std::string device;         ///< empty: the run's own, or the best where that one is not here
    std::function<void(std::size_t done, std::size_t all)> progress = [](std::size_t, std::size_t) {};
};

/// What embedDataset() wrote.
struct EmbeddedDataset {
    std::filesystem::path table; ///< the .csv
    std::uint64_t images = 0;
    std::int64_t featureSize = 0;
    double epochs = 0; ///< that the encoder has done, a part of one too
    std::string device;
    std::vector<BrokenFile> broken;    ///< images that could not be read and stand in neither file
    std::vector<std::string> problems; ///< sentences on newer checkpoints that are damaged or gone
};

/// Writes h of every image of `dataset`, which need not be the run's own, in its order, by the encoder of the
/// run's last checkpoint, in fp32. Gives nothing when `stop` was requested; then nothing is written. Throws
/// InvalidInput, IoError, DeviceError, ComputationError.
std::optional<EmbeddedDataset> embedDataset(const RunRecord &run, const Dataset &dataset,
                                            const EmbedOptions &options, const std::stop_token &stop);

/// Where the table beside `file` stands. Throws InvalidInput where `file` does not end in ".npy".
std::filesystem::path embeddingTable(const std::filesystem::path &file);

} // namespace simclr
