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

bool isPicture(const fs::directory_entry &entry) {
    return !isHidden(entry.path()) && hasImageExtension(entry.path()) && entry.is_regular_file();
}

/// The pictures that lie in the folder itself.
std::vector<fs::path> picturesIn(const fs::path &folder) {
    std::vector<fs::path> pictures;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder))
        if (isPicture(entry))
            pictures.push_back(entry.path());
    return pictures;
}

/// Calls `visit(path)` for every picture below a folder, at any depth, until it returns false.
template <typename Visit>
void visitPictures(const fs::path &folder, const std::stop_token &stop, Visit visit) {
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto entry = fs::recursive_directory_iterator(folder, options); entry != fs::end(entry); ++entry) {
        if (stop.stop_requested())
            throw OpeningCancelled{};
        if (isHidden(entry->path()))
            entry.disable_recursion_pending();
        else if (isPicture(*entry) && !visit(entry->path()))
            return;
    }
}

std::vector<fs::path> picturesBelow(const fs::path &folder, const std::stop_token &stop) {
    std::vector<fs::path> pictures;
    visitPictures(folder, stop, [&pictures](const fs::path &path) {
        pictures.push_back(path);
        return true;
    });
    return pictures;
}

bool holdsPictures(const fs::path &folder, const std::stop_token &stop) {
    bool found = false;
    visitPictures(folder, stop, [&found](const fs::path &) {
        found = true;
        return false;
    });
    return found;
}

/// One part of the dataset: the whole of it, or what is for training or testing.
struct Part {
    fs::path folder;
    bool isTest = false;
};

constexpr const char *trainFolderName = "train";
constexpr std::array testFolderNames{"test", "val", "valid", "validation"};

class Lister {
  public:
    Lister(const fs::path &root, std::stop_token stop) : m_root(root), m_stop(std::move(stop)) {}

    FolderListing list() {
        const std::vector<Part> parts = partsOf();
        findClasses(parts);
        for (const Part &part : parts)
            addPart(part);
        std::ranges::sort(m_listing.files, {}, &ListedFile::relative);
        return std::move(m_listing);
    }

  private:
    /// The subfolders below which pictures lie.
    std::vector<fs::path> filledFolders(const fs::path &folder) const {
        std::vector<fs::path> filled = subfolders(folder);
        std::erase_if(filled, [this](const fs::path &each) { return !holdsPictures(each, m_stop); });
        return filled;
    }

    std::vector<Part> partsOf() {
        const std::vector<fs::path> filled = filledFolders(m_root);
        const auto holds = [&filled](const fs::path &folder) {
            return std::ranges::find(filled, folder) != filled.end();
        };
        const auto *const testName =
            std::ranges::find_if(testFolderNames, [&](const char *name) { return holds(m_root / name); });
        const bool hasTest = testName != testFolderNames.end();
        if (!holds(m_root / trainFolderName) || (!hasTest && filled.size() > 1))
            return {{m_root, false}};
        std::vector<Part> parts{{m_root / trainFolderName, false}};
        if (hasTest)
            parts.push_back({m_root / *testName, true});
        for (const fs::path &folder : filled)
            if (std::ranges::find(parts, folder, &Part::folder) == parts.end())
                leaveOut(picturesBelow(folder, m_stop).size(),
                         "below \"" + displayName(folder.filename()) + "\"");
        leaveOut(picturesIn(m_root).size(), "beside \"train\"");
        return parts;
    }

    void leaveOut(std::size_t count, const std::string &where) {
        if (count > 0)
            m_listing.notes.push_back((count == 1 ? "1 picture " : std::to_string(count) + " pictures ") +
                                      where + (count == 1 ? " is left out" : " are left out"));
    }

    void findClasses(const std::vector<Part> &parts) {
        std::set<std::string> names;
        for (const Part &part : parts)
            for (const fs::path &folder : filledFolders(part.folder))
                names.insert(folder.filename().native());
        if (names.size() > 1)
            m_listing.classNames.assign(names.begin(), names.end());
    }

    void addPart(const Part &part) {
        if (m_listing.classNames.empty())
            return add(part.folder, Dataset::unlabelled, part.isTest);
        for (std::size_t label = 0; label < m_listing.classNames.size(); ++label)
            if (fs::is_directory(part.folder / m_listing.classNames[label]))
                add(part.folder / m_listing.classNames[label], static_cast<int>(label), part.isTest);
        leaveOut(picturesIn(part.folder).size(), "beside the folders of classes");
    }

    void add(const fs::path &folder, int label, bool isTest) {
        for (fs::path &path : picturesBelow(folder, m_stop)) {
            std::string relative = belowRoot(path);
            m_listing.files.push_back({std::move(path), std::move(relative), label, isTest});
        }
    }

    /// Of a path that begins with the root: lexically_relative() would take longer than finding the files.
    std::string belowRoot(const fs::path &path) const {
        const std::string whole = path.generic_string();
        return whole.substr(whole.find_first_not_of('/', m_root.generic_string().size()));
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
