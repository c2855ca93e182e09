// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/compute_device.h"
#include "core/layout/feature_table.h"

namespace simclr {

/// While it exists, LibTorch computes on one thread in the calling thread. What the parts of a computation
/// give then does not depend on how many threads share the parts.
class OneThread {
  public:
    OneThread();
    ~OneThread();
    OneThread(const OneThread &) = delete;
    OneThread &operator=(const OneThread &) = delete;

  private:
    int m_before;
};

/// The products a·bᵀ of `a` (n, d) and `b` (m, d), both fp32 and contiguous: (n, m). As a 1 × 1 convolution,
/// which oneDNN computes at the speed of the processor; torch::mm() is forty times slower where LibTorch is
/// linked to the reference BLAS, as Debian's is.
torch::Tensor rowProducts(const torch::Tensor &a, const torch::Tensor &b);

/// Runs `work` on the processor: without gradients, on one thread apart from those that it starts, and with
/// readable messages of LibTorch's errors (ComputationError).
template <typename Work>
auto onProcessor(Work &&work) {
    const torch::NoGradGuard noGrad;
    const OneThread oneThread;
    return explainingTorchErrors(ComputeDevice(), "fewer images need less memory", std::forward<Work>(work));
}

/// The values of a table as a tensor (n, d) that shares its memory.
torch::Tensor tensorOf(const FeatureTable &table);

} // namespace simclr
