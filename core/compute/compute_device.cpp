// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/compute_device.h"

#include "core/compute/available_devices.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <array>
#include <dlfcn.h>
#include <mutex>
#include <new>

namespace simclr {

namespace {

int cudaDeviceCount() {
    return torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
}

torch::Device parseDevice(const std::string &name) {
    if (name == "auto")
        return cudaDeviceCount() > 0 ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
    if (name == "cpu")
        return torch::kCPU;
    const auto known = availableDevices();
    if (std::ranges::find(known, name == "cuda" ? "cuda:0" : name) != known.end())
        return torch::Device(name == "cuda" ? "cuda:0" : name);
    std::string list;
    for (const std::string &device : known)
        list += (list.empty() ? "" : ", ") + device;
    if (name.starts_with("cuda"))
        throw DeviceError("device \"" + name + "\" is not available; choose from: " + list);
    throw InvalidInput("unknown device \"" + name + "\"; use auto or one of: " + list);
}

/// The CUDA runtime's own query, looked up in the library that LibTorch loads, because nothing else here
/// needs its headers. Tensor cores support bf16 from compute capability 8 (Ampere) on.
bool cudaHasFastBf16(int index) {
    constexpr int computeCapabilityMajor = 75; // cudaDevAttrComputeCapabilityMajor
    using DeviceGetAttribute = int (*)(int *value, int attribute, int device);
    const auto ask = reinterpret_cast<DeviceGetAttribute>(::dlsym(RTLD_DEFAULT, "cudaDeviceGetAttribute"));
    int major = 0;
    return ask == nullptr || ask(&major, computeCapabilityMajor, index) != 0 || major >= 8;
}

bool hasFastBf16(const torch::Device &device) {
    if (device.is_cuda())
        return cudaHasFastBf16(device.index());
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

/// `change`: 1 when a search begins, -1 when it ends.
void countSearches(int change) {
    static std::mutex mutex;
    static int count = 0;
    const std::scoped_lock lock(mutex);
    count += change;
    at::globalContext().setBenchmarkCuDNN(count > 0);
}

} // namespace

ComputeDevice chooseDevice(const DeviceRequest &request) {
    ComputeDevice chosen;
    chosen.device = parseDevice(request.device);
    chosen.bf16 = request.precision == "bf16" || (request.precision == "auto" && hasFastBf16(chosen.device));
    // With a GPU the cores render views; half of them are reserved for the loader threads.
    const int automatic = chosen.device.is_cuda() ? std::max(1, coreCount() / 2) : coreCount();
    chosen.threads = request.threads > 0 ? static_cast<int>(request.threads) : automatic;
    return chosen;
}

ConvolutionSearch::ConvolutionSearch() {
    countSearches(1);
}

ConvolutionSearch::~ConvolutionSearch() {
    countSearches(-1);
}

void useDevice(const ComputeDevice &device) {
    at::set_num_threads(device.threads);
    if (!device.device.is_cuda())
        return;
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
}

bool isOutOfMemory(const std::exception &error) {
    if (dynamic_cast<const std::bad_alloc *>(&error) != nullptr)
        return true;
    const std::string text = error.what();
    // The last one is the name in cuDNN, cuBLAS and the CUDA runtime.
    return std::ranges::any_of(
        std::array{"out of memory", "can't allocate memory", "not enough memory", "ALLOC_FAILED"},
        [&](const char *sign) { return text.find(sign) != std::string::npos; });
}

std::string describeTorchError(const std::exception &error, const std::string &advice) {
    const auto *torchError = dynamic_cast<const c10::Error *>(&error);
    std::string text = torchError ? torchError->what_without_backtrace() : error.what();
    text = text.substr(0, text.find('\n'));
    if (text.starts_with("[enforce fail")) // source location and condition in LibTorch
        text.erase(0, text.find(". ") == std::string::npos ? 0 : text.find(". ") + 2);
    return isOutOfMemory(error) ? "memory ran out (" + text + "); " + advice : text;
}

std::vector<std::string> availableDevices() {
    std::vector<std::string> devices{"cpu"};
    for (int i = 0; i < cudaDeviceCount(); ++i)
        devices.push_back("cuda:" + std::to_string(i));
    return devices;
}

} // namespace simclr
