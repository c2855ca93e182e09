// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace simclr {

/// Identifies one process uniquely. A number alone does not: process numbers are reused, also after a reboot.
struct ProcessId {
    std::int64_t number = 0;
    std::int64_t startTicks = 0; ///< clock ticks from boot to the start of the process
    std::string boot;            ///< the kernel's id of this boot

    bool operator==(const ProcessId &) const = default;
};

ProcessId currentProcess();

/// Whether exactly this process still runs.
bool isAlive(const ProcessId &process);

} // namespace simclr
