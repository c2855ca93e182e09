// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace simclr {

/// A hierarchy of control groups that can limit CPU time, as this process sees it (cgroups(7)).
struct ControlGroupHierarchy {
    int version = 2;               ///< 1 or 2
    std::filesystem::path mount;   ///< folder of its highest visible group
    std::filesystem::path process; ///< the group of this process: `mount` or a folder below it
};

/// From proc/self/mountinfo and proc/self/cgroup below `root`. If the group of the process is not below a
/// mount, as in some containers, the mount itself is used: its limits apply to everything below it.
std::vector<ControlGroupHierarchy> cpuHierarchies(const std::filesystem::path &root);

} // namespace simclr
