// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/gpu_load.h"

#include <array>
#include <dlfcn.h>

namespace simclr {

namespace {

/// The PCI address of a CUDA device, which NVML knows it by: its numbers are in another order. Looked up in
/// the CUDA runtime that LibTorch loads; empty if it is not there.
std::string pciAddress(int index) {
    using GetAddress = int (*)(char *address, int length, int device);
    const auto ask = reinterpret_cast<GetAddress>(::dlsym(RTLD_DEFAULT, "cudaDeviceGetPCIBusId"));
    std::array<char, 32> address{};
    if (ask == nullptr || ask(address.data(), static_cast<int>(address.size()) - 1, index) != 0)
        return {};
    return address.data();
}

} // namespace

/// The functions of NVML that are used here, see its API reference (nvml.h).
class GpuLoad::Library {
  public:
    explicit Library(const std::string &address) : m_file(::dlopen("libnvidia-ml.so.1", RTLD_NOW)) {
        const auto begin = function<int()>("nvmlInit_v2");
        const auto find = function<int(const char *, void **)>("nvmlDeviceGetHandleByPciBusId_v2");
        m_ask = function<int(void *, Rates *)>("nvmlDeviceGetUtilizationRates");
        if (begin == nullptr || find == nullptr || begin() != 0)
            return;
        m_isBegun = true;
        if (find(address.c_str(), &m_gpu) != 0)
            m_gpu = nullptr;
    }

    ~Library() {
        if (m_isBegun)
            if (const auto end = function<int()>("nvmlShutdown"))
                end();
        if (m_file != nullptr)
            ::dlclose(m_file);
    }
    Library(const Library &) = delete;
    Library &operator=(const Library &) = delete;

    std::optional<double> share() const {
        Rates rates;
        if (m_gpu == nullptr || m_ask == nullptr || m_ask(m_gpu, &rates) != 0)
            return std::nullopt;
        return static_cast<double>(rates.computing) / 100;
    }

  private:
    /// nvmlUtilization_t: percent of the recent sample period.
    struct Rates {
        unsigned computing = 0;
        unsigned memory = 0;
    };

    template <typename Signature>
    Signature *function(const char *name) const {
        return m_file == nullptr ? nullptr : reinterpret_cast<Signature *>(::dlsym(m_file, name));
    }

    void *m_file;
    int (*m_ask)(void *, Rates *) = nullptr;
    void *m_gpu = nullptr;
    bool m_isBegun = false;
};

GpuLoad::GpuLoad(const torch::Device &device) {
    if (!device.is_cuda())
        return;
    if (const std::string address = pciAddress(device.index()); !address.empty())
        m_library = std::make_unique<Library>(address);
}

GpuLoad::~GpuLoad() = default;

std::optional<double> GpuLoad::share(double now) {
    if (m_library && now >= m_due) {
        m_share = m_library->share();
        m_due = now + 1;
    }
    return m_share;
}

} // namespace simclr
