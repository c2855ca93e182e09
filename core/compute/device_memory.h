// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"

#include <cstdint>

namespace simclr {

/// The peak memory use since it was created: of the whole process on the CPU, and on CUDA from the GPU's free
/// memory.
class PeakMemory {
  public:
    explicit PeakMemory(const torch::Device &device);
    /// 0 if the system does not report it.
    std::uint64_t bytes() const;

  private:
    torch::Device m_device;
    std::uint64_t m_before = 0;
};

/// Memory in use: of this process on the CPU, of the whole device on a GPU. 0 if the system does not report
/// it.
std::uint64_t memoryInUse(const torch::Device &device);

/// Releases memory that this process has cached, on the GPU and on the host: after a run, above all after one
/// that ran out of memory, so that the next run can use it.
void releaseDeviceMemory(const torch::Device &device) noexcept;

} // namespace simclr
