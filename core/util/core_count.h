// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <sched.h>

namespace simclr {

/// Threads that can compute at once here, at least one: the processors that the calling thread may run on, or
/// the CPU quota of the process's control groups, rounded up, where that is less. Both may change while a
/// program runs, so each call asks again (some 50 µs). The one place that counts cores.
int coreCount();

/// The processors that the calling thread may run on (taskset, cpusets of containers and batch systems), of
/// any number.
class ProcessorSet {
  public:
    ProcessorSet();

    /// At least 1; all of the machine's where the system does not say.
    int count() const;
    bool has(int processor) const;

  private:
    struct Free {
        void operator()(cpu_set_t *processors) const { CPU_FREE(processors); }
    };
    bool read(int most);

    std::unique_ptr<cpu_set_t, Free> m_processors; ///< null where the system does not say
    std::size_t m_bytes = 0;
};

/// The CPU time per time that the control groups of this process leave it: the least quota (cpu.max of
/// version 2, cpu.cfs_quota_us of version 1) from its own group up to the root of the hierarchy. Nothing
/// where there is none. `root` is the folder that holds proc and sys.
std::optional<double> cpuQuota(const std::filesystem::path &root = "/");

} // namespace simclr
