// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace simclr {

/// Names one process for good. A number alone does not: process numbers are used again, also after a restart.
struct ProcessId {
    std::int64_t number = 0;
    std::int64_t startTicks = 0; ///< clock ticks between the start of the machine and that of the process
    std::string boot;            ///< the kernel's id of this start of the machine

    bool operator==(const ProcessId &) const = default;
};

ProcessId currentProcess();

/// Whether this very process still runs.
bool isAlive(const ProcessId &process);

} // namespace simclr
