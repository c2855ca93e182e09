// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// The lines of the first of these files that `folder` contains: one class name each, in the order of the
/// labels; spaces around names and empty lines at the end are ignored. Nothing if there is none of them.
/// Throws InvalidInput if a name is empty or occurs twice, IoError.
std::optional<std::vector<std::string>> classNamesBeside(const std::filesystem::path &folder,
                                                         std::initializer_list<const char *> files);

/// "0", "1", …
std::vector<std::string> numberedClasses(std::size_t count);

/// The names in classes.txt or class_names.txt in `folder`, which must be at least `count`, or numbers from
/// 0.
std::vector<std::string> namesOrNumbers(const std::filesystem::path &folder, std::size_t count);

} // namespace simclr
