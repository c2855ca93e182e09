// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"

#include <memory>
#include <optional>

namespace simclr {

/// How busy an NVIDIA GPU is, by the library of its driver (NVML), which is loaded at run time if it is
/// there. Lives in one thread.
class GpuLoad {
  public:
    /// Knows nothing about the CPU.
    explicit GpuLoad(const torch::Device &device);
    ~GpuLoad();
    GpuLoad(const GpuLoad &) = delete;
    GpuLoad &operator=(const GpuLoad &) = delete;

    /// The fraction of recent time in which the GPU computed, in [0, 1]; nothing if it is not reported. Asks
    /// the driver once per second. `now` as secondsNow().
    std::optional<double> share(double now);

  private:
    class Library;

    std::unique_ptr<Library> m_library; ///< null: not reported
    std::optional<double> m_share;
    double m_due = 0;
};

} // namespace simclr
