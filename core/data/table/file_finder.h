// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simclr {

/// Finds the files that a table names: relative to the folder of the table or, if they are not there, in one
/// of its direct subfolders; also by names without an extension. Every folder is listed once. Not
/// thread-safe.
class FileFinder {
  public:
    explicit FileFinder(std::filesystem::path folder);

    /// The name of an existing file, relative to the folder of the table (or absolute, if `path` is), without
    /// "." and with '/' only; nothing if there is none. `path` are raw bytes with slashes of either kind.
    std::optional<std::string> find(std::string_view path);

    /// The number of images in the folders of the found files that were not found.
    std::size_t imagesNotFound() const;

  private:
    struct Folder {
        std::unordered_map<std::string, bool> files;         ///< names, and whether they were found
        std::unordered_map<std::string, std::string> byStem; ///< names of images without their extensions
        bool isUsed = false;
    };

    Folder *folderAt(const std::string &relative);
    bool mayContain(const std::string &base, const std::string &path);
    std::optional<std::string> findBelow(const std::string &base, const std::string &path);

    std::filesystem::path m_folder;
    std::vector<std::string> m_bases; ///< "", then the direct subfolders with a '/' at the end, sorted
    std::unordered_map<std::string, Folder> m_folders; ///< those that exist
};

} // namespace simclr
