// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_listing.h"

#include "core/data/dataset.h"
#include "core/image/codec.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <array>
#include <set>

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool isHidden(const fs::path &path) {
    return path.filename().native().starts_with('.');
}

std::vector<fs::path> subfolders(const fs::path &folder) {
    std::vector<fs::path> folders;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder))
        if (entry.is_directory() && !isHidden(entry.path()))
            folders.push_back(entry.path());
    std::ranges::sort(folders);
    return folders;
}

/// Every picture below a folder, at any depth.
std::vector<fs::path> picturesBelow(const fs::path &folder, const std::stop_token &stop) {
    std::vector<fs::path> pictures;
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto entry = fs::recursive_directory_iterator(folder, options); entry != fs::end(entry); ++entry) {
        if (stop.stop_requested())
            throw OpeningCancelled{};
        if (isHidden(entry->path()))
            entry.disable_recursion_pending();
        else if (hasImageExtension(entry->path()) && entry->is_regular_file())
            pictures.push_back(entry->path());
    }
    return pictures;
}

/// One part of the dataset: the whole of it, or what is for training or testing.
struct Part {
    fs::path folder;
    bool isTest = false;
};

constexpr std::array testFolderNames{"test", "val", "valid"};

/// Whether the folder holds "train" and nothing that could be a class beside it.
bool isLaidOutInParts(const fs::path &folder) {
    return fs::is_directory(folder / "train") &&
           std::ranges::all_of(subfolders(folder), [](const fs::path &part) {
               return part.filename() == "train" ||
                      std::ranges::find(testFolderNames, part.filename().native()) != testFolderNames.end();
           });
}

std::vector<Part> partsOf(const fs::path &folder) {
    if (!isLaidOutInParts(folder))
        return {{folder, false}};
    std::vector<Part> parts{{folder / "train", false}};
    for (const char *name : testFolderNames)
        if (fs::is_directory(folder / name)) {
            parts.push_back({folder / name, true});
            break;
        }
    return parts;
}

class Lister {
  public:
    Lister(const fs::path &root, std::stop_token stop) : m_root(root), m_stop(std::move(stop)) {}

    FolderListing list() {
        const std::vector<Part> parts = partsOf(m_root);
        findClasses(parts);
        for (const Part &part : parts)
            addPart(part);
        std::ranges::sort(m_listing.files, {}, &ListedFile::relative);
        return std::move(m_listing);
    }

  private:
    void findClasses(const std::vector<Part> &parts) {
        std::set<std::string> names;
        for (const Part &part : parts)
            for (const fs::path &folder : subfolders(part.folder))
                if (!picturesBelow(folder, m_stop).empty())
                    names.insert(folder.filename().native());
        m_listing.classNames.assign(names.begin(), names.end());
    }

    void addPart(const Part &part) {
        if (m_listing.classNames.empty())
            return add(part.folder, Dataset::unlabelled, part.isTest);
        for (std::size_t label = 0; label < m_listing.classNames.size(); ++label)
            if (fs::is_directory(part.folder / m_listing.classNames[label]))
                add(part.folder / m_listing.classNames[label], static_cast<int>(label), part.isTest);
    }

    void add(const fs::path &folder, int label, bool isTest) {
        for (fs::path &path : picturesBelow(folder, m_stop)) {
            std::string relative = path.lexically_relative(m_root).generic_string();
            m_listing.files.push_back({std::move(path), std::move(relative), label, isTest});
        }
    }

    const fs::path &m_root;
    std::stop_token m_stop;
    FolderListing m_listing;
};

} // namespace

FolderListing listImageFolder(const fs::path &folder, std::stop_token stop) {
    try {
        FolderListing listing = Lister(folder, std::move(stop)).list();
        if (listing.files.empty())
            throw InvalidInput(displayName(folder) + " holds no pictures (JPEG, PNG, BMP, WebP or PNM)");
        for (std::string &name : listing.classNames)
            name = toValidUtf8(name);
        return listing;
    } catch (const fs::filesystem_error &error) {
        throw IoError("cannot read the folder " + displayName(folder) + ": " + error.code().message());
    }
}

} // namespace simclr
