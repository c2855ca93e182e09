// SPDX-License-Identifier: GPL-3.0-or-later
// The only header that includes LibTorch: precompiled, with the few places where LibTorch 1.13 and 2.x
// differ. No header that ui/ or app/ includes may include this one.
#pragma once

#include <torch/torch.h>

#include <ATen/autocast_mode.h>
#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 9)
#include <c10/core/CachingDeviceAllocator.h>
#define SIMCLR_HAS_DEVICE_ALLOCATOR
#endif

namespace simclr {

/// Runs convolutions and products in bf16 while it exists, on the calling thread, for one kind of device.
class AutocastScope {
  public:
    AutocastScope(c10::DeviceType device, bool enabled) : m_device(device), m_active(enabled) {
        if (!m_active)
            return;
        switchOn(true);
        at::autocast::increment_nesting();
    }
    ~AutocastScope() {
        if (!m_active)
            return;
        if (at::autocast::decrement_nesting() == 0)
            at::autocast::clear_cache();
        switchOn(false);
    }
    AutocastScope(const AutocastScope &) = delete;
    AutocastScope &operator=(const AutocastScope &) = delete;

  private:
    void switchOn(bool on) const {
#if TORCH_VERSION_MAJOR >= 2
        at::autocast::set_autocast_dtype(m_device, at::kBFloat16);
        at::autocast::set_autocast_enabled(m_device, on);
#else
        if (m_device == c10::kCUDA) {
            at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
            at::autocast::set_enabled(on);
        } else {
            at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
            at::autocast::set_cpu_enabled(on);
        }
#endif
    }

    c10::DeviceType m_device;
    bool m_active;
};

/// Multiplies each of `tensors` by the scalar `factor`, which may be on a GPU; the host does not wait for it.
inline void multiplyEach(const std::vector<torch::Tensor> &tensors, const torch::Tensor &factor) {
#if TORCH_VERSION_MAJOR >= 2
    at::_foreach_mul_(tensors, factor);
#else
    at::_foreach_mul_(tensors, std::vector<torch::Tensor>(tensors.size(), factor));
#endif
}

/// Releases the unused memory that LibTorch caches on CUDA devices. Does nothing before 2.9, where this needs
/// the CUDA toolkit's headers.
inline void emptyCudaCache() {
#ifdef SIMCLR_HAS_DEVICE_ALLOCATOR
    c10::getDeviceAllocator(c10::kCUDA)->emptyCache();
#endif
}

} // namespace simclr
