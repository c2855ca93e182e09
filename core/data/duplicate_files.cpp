// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/duplicate_files.h"

#include "core/util/files.h"

#include <algorithm>
#include <map>
#include <set>
#include <sys/stat.h>

namespace simclr {

namespace {

using ClassKey = std::pair<bool, int>; ///< for testing, label
using FileId = std::pair<dev_t, ino_t>;

ClassKey keyOf(const ListedFile &file) {
    return {file.isTest, file.label};
}

class Duplicates {
  public:
    Duplicates(const std::vector<ListedFile> &files, const FolderContents &contents,
               const std::filesystem::path &root)
        : m_files(files), m_contents(contents) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            struct stat status {};
            if (::stat((root / contents.images.at(files[i].image)).c_str(), &status) == 0)
                m_names[{status.st_dev, status.st_ino}].push_back(i);
            if (!isThroughLink(i))
                m_ownClasses.insert(keyOf(files[i]));
        }
        noteSorters();
    }

    /// The removed files, each with the one that is kept.
    std::map<std::size_t, std::size_t> find() const {
        std::map<std::size_t, std::size_t> duplicates;
        for (const auto &[id, names] : m_names) {
            const auto linked = [this](std::size_t i) { return isThroughLink(i); };
            if (names.size() < 2 || std::ranges::none_of(names, linked))
                continue;
            const std::size_t kept = keptOf(names);
            for (const std::size_t i : names)
                if (i != kept && (isThroughLink(i) || isThroughLink(kept)))
                    duplicates.emplace(i, kept);
        }
        return duplicates;
    }

  private:
    using Names = std::vector<std::size_t>;

    bool isThroughLink(std::size_t i) const { return m_contents.isThroughLink[m_files[i].image]; }

    /// A link in a class that contains only links, in the same part as `own`.
    bool sorts(std::size_t link, std::size_t own) const {
        return isThroughLink(link) && m_files[link].isTest == m_files[own].isTest &&
               !m_ownClasses.contains(keyOf(m_files[link]));
    }

    void noteSorters() {
        for (const auto &[id, names] : m_names)
            for (const std::size_t own : names)
                for (const std::size_t link : names)
                    if (!isThroughLink(own) && sorts(link, own))
                        m_sorters[keyOf(m_files[own])].insert(keyOf(m_files[link]));
    }

    /// Training images first if all are links.
    std::size_t keptOf(const Names &names) const {
        const auto own = std::ranges::find_if(names, [this](std::size_t i) { return !isThroughLink(i); });
        if (own == names.end())
            return *std::ranges::min_element(
                names, {}, [this](std::size_t i) { return std::pair(m_files[i].isTest, i); });
        const auto sorters = m_sorters.find(keyOf(m_files[*own]));
        if (sorters == m_sorters.end() || sorters->second.size() < 2)
            return *own;
        const auto link = std::ranges::find_if(names, [&](std::size_t i) { return sorts(i, *own); });
        return link == names.end() ? *own : *link;
    }

    const std::vector<ListedFile> &m_files;
    const FolderContents &m_contents;
    std::map<FileId, Names> m_names;
    std::set<ClassKey> m_ownClasses;                  ///< with files that are not links
    std::map<ClassKey, std::set<ClassKey>> m_sorters; ///< classes of links into a class of files
};

} // namespace

DuplicatesRemoved withoutDuplicates(std::vector<ListedFile> &files, const FolderContents &contents,
                                    const std::filesystem::path &root) {
    const std::map<std::size_t, std::size_t> duplicates = Duplicates(files, contents, root).find();
    DuplicatesRemoved removed{duplicates.size(), {}, {}};
    if (duplicates.empty())
        return removed;
    removed.exampleLink = toValidUtf8(contents.images.at(files[duplicates.begin()->first].image));
    removed.exampleFile = toValidUtf8(contents.images.at(files[duplicates.begin()->second].image));
    std::vector<ListedFile> kept;
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!duplicates.contains(i))
            kept.push_back(files[i]);
    files = std::move(kept);
    return removed;
}

} // namespace simclr
