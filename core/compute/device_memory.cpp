// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/device_memory.h"

#include "core/util/allocator.h"
#include "core/util/kernel_list.h"

#include <dlfcn.h>
#include <exception>
#include <fstream>
#include <unistd.h>

namespace simclr {

namespace {

struct CudaMemory {
    std::size_t freeBytes = 0;
    std::size_t totalBytes = 0;
};

/// The CUDA runtime's own query, looked up in the library that LibTorch loads.
CudaMemory cudaMemory(const torch::Device &device) {
    const c10::DeviceGuard asked(device); // the query is about the current device
    using MemGetInfo = int (*)(std::size_t * freeBytes, std::size_t * totalBytes);
    const auto ask = reinterpret_cast<MemGetInfo>(::dlsym(RTLD_DEFAULT, "cudaMemGetInfo"));
    CudaMemory memory;
    return ask != nullptr && ask(&memory.freeBytes, &memory.totalBytes) == 0 ? memory : CudaMemory();
}

std::uint64_t cudaFreeBytes(const torch::Device &device) {
    return cudaMemory(device).freeBytes;
}

} // namespace

PeakMemory::PeakMemory(const torch::Device &device) : m_device(device) {
    if (device.is_cuda()) {
        emptyCudaCache(); // or memory cached by an earlier measurement would count as free
        m_before = cudaFreeBytes(device);
    } else {
        std::ofstream("/proc/self/clear_refs") << 5; // resets the high-water mark
    }
}

std::uint64_t PeakMemory::bytes() const {
    if (!m_device.is_cuda())
        return listedBytes("/proc/self/status", "VmHWM"); // peak resident size
    const std::uint64_t now = cudaFreeBytes(m_device);    // LibTorch caches what it allocates
    return m_before > now ? m_before - now : 0;
}

std::uint64_t memoryInUse(const torch::Device &device) {
    if (device.is_cuda()) {
        const CudaMemory memory = cudaMemory(device);
        return memory.totalBytes - memory.freeBytes;
    }
    std::uint64_t pages = 0;
    std::uint64_t resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void releaseDeviceMemory(const torch::Device &device) noexcept {
    try {
        if (device.is_cuda())
            emptyCudaCache();
    } catch (const std::exception &) {
        // A GPU that has failed reports an error at every call; only the first error matters.
    }
    releaseFreeMemory();
}

} // namespace simclr
