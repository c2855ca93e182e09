// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace simclr {

/// The size of a generated database.
struct StoreSize {
    int runs = 100;
    int options = 20; ///< entries of each run's configuration
    int metrics = 10; ///< per run
    int pointsPerMetric = 100;
    std::uint64_t seed = 1;
};

/// Writes a database of completed runs through the store: ten pipelines, three seeds each, two results per
/// run, every second metric float32. The same seed gives the same configurations, curves and results. `file`
/// must not exist. Throws StorageError.
void generatedStore(const std::filesystem::path &file, const StoreSize &size);

} // namespace simclr
