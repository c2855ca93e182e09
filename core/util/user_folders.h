// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace simclr {

/// The home folder of whoever runs the program: $HOME where that is an absolute path, otherwise what the user
/// database says. Nothing where neither knows an existing folder.
std::optional<std::filesystem::path> homeFolder();

/// Where programs keep data of this user: $XDG_DATA_HOME where that is an absolute path (the XDG Base
/// Directory Specification has others ignored), otherwise .local/share in the home folder. Throws IoError
/// where no home folder is known; never a path relative to the working folder.
std::filesystem::path userDataFolder();

} // namespace simclr
