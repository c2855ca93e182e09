// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_notes.h"

#include "core/data/dataset_messages.h"
#include "core/util/files.h"
#include "core/util/lower_case.h"
#include "core/util/message_lists.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <tuple>

namespace simclr {

namespace {

Message describe(const UnreadImage &kind, std::size_t count) {
    if (kind.extension.empty())
        return datasetMessage("unread_no_extension", count, kind.content);
    return kind.content.empty() ? datasetMessage("unread_extension", count, kind.extension)
                                : datasetMessage("unread_content", count, kind.extension, kind.content);
}

void tellUnread(const FolderContents &contents, FolderListing &listing) {
    struct Kind {
        UnreadImage first;
        std::size_t count = 0;
    };
    std::map<std::tuple<bool, std::string, std::string>, Kind> kinds; // without an extension last
    for (const UnreadImage &unread : contents.unread) {
        Kind &kind = kinds[{unread.extension.empty(), unread.extension, unread.content}];
        kind.first = unread;
        ++kind.count;
    }
    std::vector<Kind> sorted;
    for (const auto &[key, kind] : kinds)
        sorted.push_back(kind);
    std::ranges::stable_sort(sorted, std::ranges::greater(), &Kind::count);
    std::vector<MessageArgument> parts;
    for (const Kind &kind : sorted)
        parts.emplace_back(describe(kind.first, kind.count));
    if (!parts.empty())
        listing.notes.push_back(datasetMessage("unread", contents.unread.size(), enumerated(parts)));
}

void tellSystemFiles(const SystemFiles &files, FolderListing &listing) {
    if (files.images == 0)
        return;
    std::vector<MessageArgument> places(files.folders.begin(), files.folders.end());
    if (files.areSomeHidden)
        places.emplace_back(datasetMessage("hidden_files"));
    const MessageArgument list = enumerated(places);
    listing.notes.push_back(files.isAll ? datasetMessage("system_files", files.images, list)
                                        : datasetMessage("system_files_at_least", files.images, list));
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
std::size_t depthOfClasses(const FolderContents &contents, const FolderListing &listing) {
    for (const ListedFile &file : listing.files)
        if (file.label >= 0 && !file.isTest) {
            const std::string name = "/" + listing.classNames[static_cast<std::size_t>(file.label)] + "/";
            const std::string path = "/" + contents.images.at(file.image);
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
    const std::size_t depth = depthOfClasses(contents, listing);
    std::set<std::string> used;
    for (const ListedFile &file : listing.files)
        used.insert(folderAt(contents.images.at(file.image), depth));
    std::map<std::string, std::size_t> emptied;
    const auto consider = [&](const std::string &relative) {
        if (const std::string folder = folderAt(relative, depth); !folder.empty() && !used.contains(folder))
            ++emptied[folder];
    };
    for (const UnreadImage &unread : contents.unread)
        consider(unread.relative);
    for (const BrokenFile &broken : listing.broken)
        consider(broken.name);
    std::vector<MessageArgument> parts;
    for (const auto &[folder, count] : emptied)
        parts.emplace_back(datasetMessage("name_and_count", toValidUtf8(folder), count));
    if (!parts.empty())
        listing.notes.push_back(datasetMessage("emptied_folders", parts.size(), enumerated(parts)));
}

void tellUntested(FolderListing &listing) {
    std::vector<std::size_t> tests(listing.classNames.size());
    bool hasTests = false;
    for (const ListedFile &file : listing.files)
        if (file.isTest && file.label >= 0) {
            ++tests[static_cast<std::size_t>(file.label)];
            hasTests = true;
        }
    std::vector<MessageArgument> untested;
    for (std::size_t label = 0; label < tests.size(); ++label)
        if (tests[label] == 0)
            untested.emplace_back(quotedName(listing.classNames[label]));
    if (hasTests && !untested.empty())
        listing.notes.push_back(datasetMessage("untested_classes", untested.size(), enumerated(untested)));
}

void tellEqualButForCase(FolderListing &listing) {
    std::map<std::string, std::string> first;
    std::vector<MessageArgument> pairs;
    for (const std::string &name : listing.classNames)
        if (const auto [at, isNew] = first.emplace(lowerCase(name), name); !isNew)
            pairs.emplace_back(datasetMessage("two_names", toValidUtf8(at->second), toValidUtf8(name)));
    if (!pairs.empty())
        listing.notes.push_back(datasetMessage("equal_but_for_case", enumerated(pairs)));
}

Message leftOut(const LeftOutPlace &place, std::size_t count) {
    switch (place.kind) {
    case LeftOutPlace::Kind::Below:
        return datasetMessage("left_out_below", count, place.folder);
    case LeftOutPlace::Kind::BelowInClasses:
        return datasetMessage("left_out_below_classes", count, place.folder);
    case LeftOutPlace::Kind::Beside:
        return datasetMessage("left_out_beside", count, place.folder);
    case LeftOutPlace::Kind::BesideClasses:
        break;
    }
    return datasetMessage("left_out_beside_classes", count);
}

} // namespace

void UnknownClasses::tell(const std::string &part, const std::vector<std::string> &known,
                          std::vector<Message> &notes) const {
    std::map<std::string, std::string> byLowerCase;
    for (const std::string &name : known)
        byLowerCase.emplace(lowerCase(name), name);
    std::size_t all = 0;
    std::vector<MessageArgument> parts;
    for (const auto &[raw, count] : m_counts) {
        all += count;
        const std::string name = toValidUtf8(raw);
        const auto similar = byLowerCase.find(lowerCase(raw));
        parts.emplace_back(similar != byLowerCase.end()
                               ? datasetMessage("similar_class", name, count, toValidUtf8(similar->second))
                           : name.empty() ? datasetMessage("no_known_class", count)
                                          : datasetMessage("name_and_count", name, count));
    }
    if (all > 0)
        notes.push_back(
            datasetMessage("left_out_unknown_classes", all, toValidUtf8(part), enumerated(parts)));
}

void tellLeftOut(const FolderLayout &layout, const FolderContents &contents, FolderListing &listing) {
    listing.notes.insert(listing.notes.begin(), layout.notes.begin(), layout.notes.end());
    for (const auto &[place, count] : layout.leftOut)
        if (count > 0)
            listing.notes.push_back(leftOut(place, count));
    tellUnread(contents, listing);
    tellSystemFiles(contents.systemFiles, listing);
    if (contents.loops > 0)
        listing.notes.push_back(datasetMessage("links_to_parents", contents.loops));
}

void tellClasses(const FolderContents &contents, FolderListing &listing) {
    tellEmptied(contents, listing);
    tellUntested(listing);
    tellEqualButForCase(listing);
}

std::string firstReason(const FolderListing &listing) {
    if (!listing.broken.empty())
        return "; the first file: " + listing.broken.front().reason;
    return listing.notes.empty() ? std::string() : "; " + toText(listing.notes.front());
}

} // namespace simclr
