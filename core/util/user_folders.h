// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace simclr {

/// The home folder of the current user: $HOME if it is an absolute path, otherwise that of the user database.
/// Nothing if neither is an existing folder.
std::optional<std::filesystem::path> homeFolder();

/// The user's data folder: $XDG_DATA_HOME if it is an absolute path (the XDG Base Directory Specification
/// requires others to be ignored), otherwise .local/share in the home folder. Throws IoError if no home
/// folder is known; never a path relative to the working folder.
std::filesystem::path userDataFolder();

} // namespace simclr
