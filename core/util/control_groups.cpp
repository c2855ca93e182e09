// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/control_groups.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// One line of proc/self/mountinfo, see proc_pid_mountinfo(5).
struct Mount {
    std::string root; ///< the folder of the file system that is mounted
    std::string point;
    std::string type;
    std::string options; ///< of the file system
};

bool isOctal(char character) {
    return character >= '0' && character <= '7';
}

/// Spaces and the like are written as "\040".
std::string unescaped(const std::string &text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isEscape = text[i] == '\\' && i + 3 < text.size() &&
                              std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                          text.begin() + static_cast<std::ptrdiff_t>(i) + 4, isOctal);
        plain += isEscape ? static_cast<char>(std::stoi(text.substr(i + 1, 3), nullptr, 8)) : text[i];
        i += isEscape ? 3 : 0;
    }
    return plain;
}

std::optional<Mount> mountFrom(const std::string &line) {
    std::istringstream fields(line);
    std::string skipped;
    Mount mount;
    fields >> skipped >> skipped >> skipped >> mount.root >> mount.point;
    while (fields >> skipped && skipped != "-") // a varying number of optional fields
        ;
    fields >> mount.type >> skipped >> mount.options;
    if (!fields)
        return std::nullopt;
    mount.root = unescaped(mount.root);
    mount.point = unescaped(mount.point);
    return mount;
}

bool hasItem(const std::string &list, const std::string &item) {
    return ("," + list + ",").find("," + item + ",") != std::string::npos;
}

/// 0: does not limit CPU time.
int versionOf(const Mount &mount) {
    if (mount.type == "cgroup2")
        return 2;
    return mount.type == "cgroup" && hasItem(mount.options, "cpu") ? 1 : 0;
}

/// The lines of proc/self/cgroup are "number:controllers:path"; version 2's is "0::path".
std::optional<std::string> groupPath(const fs::path &root, int version) {
    std::ifstream file(root / "proc/self/cgroup");
    for (std::string line; std::getline(file, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        if (version == 2 ? controllers.empty() : hasItem(controllers, "cpu"))
            return line.substr(second + 1);
    }
    return std::nullopt;
}

/// `path` relative to the mounted folder; "." if it is not below it.
fs::path belowMount(const Mount &mount, const std::string &path) {
    const fs::path relative = fs::path(path).lexically_relative(mount.root);
    const bool isBelow = !relative.empty() && std::ranges::find(relative, "..") == relative.end();
    return isBelow ? relative : ".";
}

} // namespace

std::vector<ControlGroupHierarchy> cpuHierarchies(const fs::path &root) {
    std::vector<ControlGroupHierarchy> hierarchies;
    std::ifstream file(root / "proc/self/mountinfo");
    for (std::string line; std::getline(file, line);) {
        const std::optional<Mount> mount = mountFrom(line);
        const int version = mount ? versionOf(*mount) : 0;
        const auto path = version > 0 ? groupPath(root, version) : std::nullopt;
        if (!path)
            continue;
        const fs::path place = (root / fs::path(mount->point).relative_path()).lexically_normal();
        hierarchies.push_back({version, place, (place / belowMount(*mount, *path)).lexically_normal()});
    }
    return hierarchies;
}

} // namespace simclr
