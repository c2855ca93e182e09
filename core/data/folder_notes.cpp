// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_notes.h"

#include "core/util/counted.h"
#include "core/util/name_lists.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace simclr {

namespace {

std::string isOrAre(std::size_t count) {
    return count == 1 ? " is " : " are ";
}

void tellUnread(const FolderContents &contents, FolderListing &listing) {
    std::map<std::string, std::size_t> kinds;
    for (const UnreadImage &unread : contents.unread)
        ++kinds[unread.kind];
    std::vector<std::pair<std::size_t, std::string>> sorted;
    for (const auto &[kind, count] : kinds)
        sorted.emplace_back(count, kind);
    std::ranges::stable_sort(sorted, std::ranges::greater(), &std::pair<std::size_t, std::string>::first);
    std::vector<std::string> parts;
    for (const auto &[count, kind] : sorted)
        parts.push_back(std::to_string(count) + " with " + kind);
    const std::size_t all = contents.unread.size();
    if (all > 0)
        listing.notes.push_back(counted(static_cast<std::int64_t>(all), "file looks like an image and is",
                                        "files look like images and are") +
                                " not read: " + enumerated(parts));
}

void tellSystemFiles(const SystemFiles &files, FolderListing &listing) {
    if (files.images > 0)
        listing.notes.push_back((files.isAll ? "" : "At least ") + countedImages(files.images) +
                                isOrAre(files.images) +
                                "left out as thumbnails or copies made by a system: " +
                                enumerated({files.names.begin(), files.names.end()}));
}

/// The folders of an image, except the innermost `depth`.
std::string folderAt(const std::string &relative, std::size_t depth) {
    std::size_t end = 0;
    for (std::size_t i = 0; i <= depth; ++i) {
        end = relative.find('/', i == 0 ? 0 : end + 1);
        if (end == std::string::npos)
            return {};
    }
    return relative.substr(0, end);
}

/// Number of folders above that of the class.
std::size_t depthOfClasses(const FolderListing &listing) {
    for (const ListedFile &file : listing.files)
        if (file.label >= 0 && !file.isTest) {
            const std::string name = "/" + listing.classNames[static_cast<std::size_t>(file.label)] + "/";
            const std::string path = "/" + file.relative;
            const std::size_t at = path.find(name);
            return at == std::string::npos
                       ? 0
                       : static_cast<std::size_t>(std::ranges::count(path.substr(1, at), '/'));
        }
    return 0;
}

/// Folders beside those of the classes without any readable image.
void tellEmptied(const FolderContents &contents, FolderListing &listing) {
    if (contents.unread.empty() && listing.broken.empty())
        return;
    const std::size_t depth = depthOfClasses(listing);
    std::set<std::string> used;
    for (const ListedFile &file : listing.files)
        used.insert(folderAt(file.relative, depth));
    std::map<std::string, std::size_t> emptied;
    const auto consider = [&](const std::string &relative) {
        if (const std::string folder = folderAt(relative, depth); !folder.empty() && !used.contains(folder))
            ++emptied[folder];
    };
    for (const UnreadImage &unread : contents.unread)
        consider(unread.relative);
    for (const BrokenFile &broken : listing.broken)
        consider(broken.name);
    std::vector<std::string> parts;
    for (const auto &[folder, count] : emptied)
        parts.push_back(inQuotes(folder) + " (" + std::to_string(count) + ")");
    if (!parts.empty())
        listing.notes.push_back((parts.size() == 1 ? "No image can be read in the folder "
                                                   : "No image can be read in the folders ") +
                                enumerated(parts) + ", so that " +
                                (parts.size() == 1 ? "it is not a class" : "they are not classes"));
}

void tellUntested(FolderListing &listing) {
    std::vector<std::size_t> tests(listing.classNames.size());
    bool hasTests = false;
    for (const ListedFile &file : listing.files)
        if (file.isTest && file.label >= 0) {
            ++tests[static_cast<std::size_t>(file.label)];
            hasTests = true;
        }
    std::vector<std::string> untested;
    for (std::size_t label = 0; label < tests.size(); ++label)
        if (tests[label] == 0)
            untested.push_back(inQuotes(listing.classNames[label]));
    if (hasTests && !untested.empty())
        listing.notes.push_back("There are no test images of the " +
                                std::string(untested.size() == 1 ? "class " : "classes ") +
                                enumerated(untested));
}

void tellEqualButForCase(FolderListing &listing) {
    std::map<std::string, std::string> first;
    std::vector<std::string> pairs;
    for (const std::string &name : listing.classNames)
        if (const auto [at, isNew] = first.emplace(lowerCase(name), name); !isNew)
            pairs.push_back(inQuotes(at->second) + " and " + inQuotes(name));
    if (!pairs.empty())
        listing.notes.push_back("The names of the classes " + enumerated(pairs) + " differ only in case");
}

} // namespace

std::string countedImages(std::size_t count) {
    return counted(static_cast<std::int64_t>(count), "image", "images");
}

void UnknownClasses::tell(const std::string &part, const std::vector<std::string> &known,
                          std::vector<std::string> &notes) const {
    std::map<std::string, std::string> byLowerCase;
    for (const std::string &name : known)
        byLowerCase.emplace(lowerCase(name), name);
    std::size_t all = 0;
    std::vector<std::string> parts;
    for (const auto &[name, count] : m_counts) {
        all += count;
        const auto similar = byLowerCase.find(lowerCase(name));
        parts.push_back((name.empty() ? "no known class" : inQuotes(name)) + " (" + std::to_string(count) +
                        (similar == byLowerCase.end()
                             ? ")"
                             : "; differs only in case from " + inQuotes(similar->second) + " of training)"));
    }
    if (all > 0)
        notes.push_back(countedImages(all) + " below " + inQuotes(part) + isOrAre(all) +
                        "left out, because training has no such class: " + enumerated(parts));
}

void tellLeftOut(const FolderLayout &layout, const FolderContents &contents, FolderListing &listing) {
    listing.notes.insert(listing.notes.begin(), layout.notes.begin(), layout.notes.end());
    for (const auto &[where, count] : layout.leftOut)
        if (count > 0)
            listing.notes.push_back(countedImages(count) + " " + where + isOrAre(count) + "left out");
    tellUnread(contents, listing);
    tellSystemFiles(contents.systemFiles, listing);
    if (contents.loops > 0)
        listing.notes.push_back(
            counted(static_cast<std::int64_t>(contents.loops), "link leads", "links lead") +
            " to a parent folder or again to the same folder and" + isOrAre(contents.loops) + "not followed");
}

void tellClasses(const FolderContents &contents, FolderListing &listing) {
    tellEmptied(contents, listing);
    tellUntested(listing);
    tellEqualButForCase(listing);
}

std::string firstReason(const FolderListing &listing) {
    if (!listing.broken.empty())
        return "; the first file: " + listing.broken.front().reason;
    return listing.notes.empty() ? std::string() : "; " + listing.notes.front();
}

} // namespace simclr
