// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// The meaning of the columns of a table of images, by their names in any case.
struct TableHeader {
    std::optional<std::size_t> path;   ///< path, file, filename, image, …
    std::optional<std::size_t> folder; ///< folder, directory, dir: comes before the path
    std::optional<std::size_t> label;  ///< label, class, category, target, …
    std::optional<std::size_t> split;  ///< split, set, subset, partition
    std::vector<std::size_t> others;   ///< all further columns
};

TableHeader tableHeader(const std::vector<std::string> &names);

/// The names of the columns for paths, for messages and the documentation: "path, file, …".
std::string pathColumnNames();

} // namespace simclr
