// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace simclr {

/// Processor seconds so far, since some moment in the past.
struct ProcessorUse {
    double wall = 0;   ///< seconds of a clock that is never set
    double others = 0; ///< of other processes, on the processors that this thread may run on
};

/// Nothing where the system does not say. Programs of low priority (nice) give way by themselves and do not
/// count, unless this one is of low priority too. `root` is the folder that holds proc.
std::optional<ProcessorUse> processorUse(const std::filesystem::path &root = "/");

} // namespace simclr
