// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/core_count.h"

#include "core/util/control_groups.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <thread>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// Nothing if it is not a number above 0: "max", -1, or no such file.
std::optional<double> positive(std::istream &file) {
    double number = 0;
    return file >> number && number > 0 ? std::optional(number) : std::nullopt;
}

std::optional<double> quotient(std::optional<double> quota, std::optional<double> period) {
    return quota && period ? std::optional(*quota / *period) : std::nullopt;
}

std::optional<double> quotaOf(const fs::path &group, int version) {
    if (version == 2) {
        std::ifstream file(group / "cpu.max"); // "quota period" in microseconds
        const std::optional<double> quota = positive(file);
        return quotient(quota, positive(file));
    }
    std::ifstream quota(group / "cpu.cfs_quota_us");
    std::ifstream period(group / "cpu.cfs_period_us");
    return quotient(positive(quota), positive(period));
}

std::optional<double> lesser(std::optional<double> a, std::optional<double> b) {
    return a && b ? std::min(*a, *b) : a ? a : b;
}

std::optional<double> leastQuota(const ControlGroupHierarchy &hierarchy) {
    std::optional<double> least = quotaOf(hierarchy.mount, hierarchy.version);
    for (fs::path group = hierarchy.process; group != hierarchy.mount && group.has_relative_path();
         group = group.parent_path())
        least = lesser(least, quotaOf(group, hierarchy.version));
    return least;
}

} // namespace

ProcessorSet::ProcessorSet() {
    constexpr int usual = 1024;
    constexpr int largest = 1 << 20;
    for (int most = usual; most <= largest && !read(most); most *= 2)
        if (errno != EINVAL)
            return; // too small a set is the one reason to try again
}

bool ProcessorSet::read(int most) {
    const auto count = static_cast<std::size_t>(most);
    m_bytes = CPU_ALLOC_SIZE(count);
    m_processors.reset(CPU_ALLOC(count));
    if (m_processors && ::sched_getaffinity(0, m_bytes, m_processors.get()) == 0)
        return true;
    m_processors.reset();
    return false;
}

int ProcessorSet::count() const {
    return std::max(1, m_processors ? CPU_COUNT_S(m_bytes, m_processors.get())
                                    : static_cast<int>(std::thread::hardware_concurrency()));
}

bool ProcessorSet::has(int processor) const {
    return !m_processors || CPU_ISSET_S(static_cast<std::size_t>(processor), m_bytes, m_processors.get());
}

std::optional<double> cpuQuota(const fs::path &root) {
    std::optional<double> least;
    for (const ControlGroupHierarchy &hierarchy : cpuHierarchies(root))
        least = lesser(least, leastQuota(hierarchy));
    return least;
}

int coreCount() {
    const int allowed = ProcessorSet().count();
    const std::optional<double> quota = cpuQuota();
    return quota && *quota < allowed ? std::max(1, static_cast<int>(std::ceil(*quota))) : allowed;
}

} // namespace simclr
