// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"

#include <cstdint>

namespace simclr {

/// The most memory that was in use since it was made: of the whole process on the CPU, taken from the GPU's
/// free memory on CUDA.
class PeakMemory {
  public:
    explicit PeakMemory(const torch::Device &device);
    /// 0 where the system does not say.
    std::uint64_t bytes() const;

  private:
    torch::Device m_device;
    std::uint64_t m_before = 0;
};

/// How much memory is in use: of this process on the CPU, of the whole device on a GPU. 0 where the system
/// does not say.
std::uint64_t memoryInUse(const torch::Device &device);

/// Gives back what this process keeps for later use, on the GPU and of the machine's memory: after a run, and
/// above all after one that ran out of memory, so that the next one finds it free.
void releaseDeviceMemory(const torch::Device &device) noexcept;

} // namespace simclr
