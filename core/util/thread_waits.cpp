// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/thread_waits.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace simclr {

void boundSpinning(char **arguments) {
    // On two cores beside two busy programs, training was faster with it than with 1000, and than without a
    // bound.
    constexpr const char *spins = "20000";
    if (std::getenv("GOMP_SPINCOUNT") != nullptr || std::getenv("OMP_WAIT_POLICY") != nullptr)
        return;
    std::error_code failure;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure || ::setenv("GOMP_SPINCOUNT", spins, 1) != 0)
        return;
    ::execv(program.c_str(), arguments);
}

} // namespace simclr
