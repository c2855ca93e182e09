// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace simclr {

/// Processor seconds so far, since some moment in the past.
struct ProcessorUse {
    double wall = 0;   ///< seconds of a monotonic clock
    double others = 0; ///< of other processes, on the processors that this thread may run on
};

/// Nothing if the system does not report it. Programs of low priority (nice) yield anyway and do not count,
/// unless this one has low priority too. `root` is the folder that contains proc.
std::optional<ProcessorUse> processorUse(const std::filesystem::path &root = "/");

} // namespace simclr
