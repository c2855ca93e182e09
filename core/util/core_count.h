// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <sched.h>

namespace simclr {

/// Number of threads that can compute in parallel, at least one: the number of processors that the calling
/// thread may run on, or the CPU quota of the process's control groups, rounded up, if that is smaller. Both
/// may change while a program runs, so each call queries them again (about 50 µs). The only place that counts
/// cores.
int coreCount();

/// The processors that the calling thread may run on (taskset, cpusets of containers and batch systems), of
/// any number.
class ProcessorSet {
  public:
    ProcessorSet();

    /// At least 1; all of the machine's if the system does not report them.
    int count() const;
    bool has(int processor) const;

  private:
    struct Free {
        void operator()(cpu_set_t *processors) const { CPU_FREE(processors); }
    };
    bool read(int most);

    std::unique_ptr<cpu_set_t, Free> m_processors; ///< null if the system does not report them
    std::size_t m_bytes = 0;
};

/// The number of CPUs that the control groups allow this process: the smallest quota (cpu.max of
/// version 2, cpu.cfs_quota_us of version 1) from its own group up to the root of the hierarchy. Nothing if
/// there is none. `root` is the folder that contains proc and sys.
std::optional<double> cpuQuota(const std::filesystem::path &root = "/");

} // namespace simclr
