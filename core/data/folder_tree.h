// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace simclr {

/// A folder with images below it, by their indices in a list.
struct FolderNode {
    std::string name;
    std::map<std::string, FolderNode> folders; ///< those with images below them, by name
    std::vector<std::size_t> images;           ///< in the folder itself

    bool isEmpty() const { return folders.empty() && images.empty(); }

    std::size_t imagesBelow() const {
        std::size_t count = images.size();
        for (const auto &[folderName, folder] : folders)
            count += folder.imagesBelow();
        return count;
    }

    /// Adds an image at a relative path with '/'.
    void add(const std::string &relative, std::size_t image) {
        FolderNode *node = this;
        std::size_t begin = 0;
        for (std::size_t end; (end = relative.find('/', begin)) != std::string::npos; begin = end + 1) {
            const std::string folder = relative.substr(begin, end - begin);
            node = &node->folders[folder];
            node->name = folder;
        }
        node->images.push_back(image);
    }

    /// Calls visit(image) for every image at any depth.
    template <typename Visit>
    void forEachImage(const Visit &visit) const {
        for (const std::size_t image : images)
            visit(image);
        for (const auto &[folderName, folder] : folders)
            folder.forEachImage(visit);
    }
};

} // namespace simclr
