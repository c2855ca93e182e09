// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table/file_finder.h"

#include "core/image/codec.h"

#include <algorithm>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostSubfolders = 32;

std::vector<std::string> subfoldersOf(const fs::path &folder) {
    std::vector<std::string> names;
    std::error_code failure;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
        std::error_code unknown;
        if (at->is_directory(unknown) && !at->path().filename().native().starts_with('.'))
            names.push_back(at->path().filename().native() + "/");
    }
    std::ranges::sort(names);
    if (names.size() > mostSubfolders)
        names.resize(mostSubfolders);
    return names;
}

} // namespace

FileFinder::FileFinder(fs::path folder) : m_folder(std::move(folder)), m_bases{""} {
    for (std::string &name : subfoldersOf(m_folder))
        m_bases.push_back(std::move(name));
}

std::optional<std::string> FileFinder::find(std::string_view path) {
    std::string clean(path);
    std::ranges::replace(clean, '\\', '/');
    clean = fs::path(clean).lexically_normal().native();
    if (clean.empty() || clean.ends_with('/') || clean.find('\0') != std::string::npos)
        return std::nullopt;
    if (clean.starts_with('/') || clean.starts_with("../"))
        return findBelow("", clean);
    for (const std::string &base : m_bases)
        if (mayContain(base, clean))
            if (auto found = findBelow(base, clean))
                return found;
    return std::nullopt;
}

/// Whether the first folder of a path is in this one: the folders of many rows may not exist.
bool FileFinder::mayContain(const std::string &base, const std::string &path) {
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos)
        return true;
    const Folder *folder = folderAt(base);
    return folder && folder->files.contains(path.substr(0, slash));
}

std::optional<std::string> FileFinder::findBelow(const std::string &base, const std::string &path) {
    const std::size_t slash = path.rfind('/');
    const std::size_t folderBytes = slash == std::string::npos ? 0 : slash + 1;
    const std::string relative = base + path.substr(0, folderBytes);
    Folder *folder = folderAt(relative);
    if (!folder)
        return std::nullopt;
    std::string name = path.substr(folderBytes);
    if (!folder->files.contains(name)) {
        const auto image = folder->byStem.find(name);
        if (image == folder->byStem.end())
            return std::nullopt;
        name = image->second;
    }
    folder->files[name] = true;
    folder->isUsed = true;
    return relative + name;
}

/// Nothing if it cannot be read.
FileFinder::Folder *FileFinder::folderAt(const std::string &relative) {
    if (const auto known = m_folders.find(relative); known != m_folders.end())
        return &known->second;
    std::error_code failure;
    fs::directory_iterator at(m_folder / relative, failure);
    if (failure)
        return nullptr;
    Folder &folder = m_folders[relative];
    for (const fs::directory_iterator end; !failure && at != end; at.increment(failure)) {
        std::string name = at->path().filename().native();
        if (hasImageExtension(name)) {
            std::string &known = folder.byStem[name.substr(0, name.rfind('.'))];
            if (known.empty() || name < known) // independent of the order of the listing
                known = name;
        }
        folder.files.emplace(std::move(name), false);
    }
    return &folder;
}

std::size_t FileFinder::imagesNotFound() const {
    std::size_t count = 0;
    for (const auto &[relative, folder] : m_folders)
        if (folder.isUsed)
            for (const auto &[name, isFound] : folder.files)
                count += !isFound && !name.starts_with('.') && hasImageExtension(name) ? 1 : 0;
    return count;
}

} // namespace simclr
