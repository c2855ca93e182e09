// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/user_folders.h"

#include "core/util/error.h"

#include <cerrno>
#include <cstdlib>
#include <pwd.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace simclr {

namespace fs = std::filesystem;

namespace {

std::optional<fs::path> absoluteVariable(const char *name) {
    const char *value = std::getenv(name);
    return value != nullptr && *value == '/' ? std::optional<fs::path>(value) : std::nullopt;
}

/// Service accounts have a home that does not exist, such as /nonexistent.
std::optional<fs::path> existingFolder(const char *path) {
    std::error_code failure;
    const bool isUsable = path != nullptr && *path == '/' && fs::is_directory(path, failure);
    return isUsable ? std::optional<fs::path>(path) : std::nullopt;
}

std::optional<fs::path> homeInUserDatabase() {
    constexpr std::size_t usual = 1024;
    constexpr std::size_t largest = std::size_t{1} << 20;
    for (std::size_t size = usual; size <= largest; size *= 2) {
        std::vector<char> text(size);
        passwd entry{};
        passwd *found = nullptr;
        if (::getpwuid_r(::getuid(), &entry, text.data(), text.size(), &found) != ERANGE)
            return found == nullptr ? std::nullopt : existingFolder(found->pw_dir);
    }
    return std::nullopt;
}

} // namespace

std::optional<fs::path> homeFolder() {
    const auto home = absoluteVariable("HOME");
    return home ? home : homeInUserDatabase();
}

fs::path userDataFolder() {
    if (const auto data = absoluteVariable("XDG_DATA_HOME"))
        return *data;
    if (const auto home = homeFolder())
        return *home / ".local" / "share";
    throw IoError("the home folder is unknown: HOME is not set, and the user database has no existing one");
}

} // namespace simclr
