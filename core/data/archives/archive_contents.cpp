// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/archive_contents.h"

#include "core/data/dataset_messages.h"
#include "core/data/file_kinds.h"
#include "core/image/codec.h"
#include "core/util/files.h"
#include "core/util/lower_case.h"

namespace simclr {

namespace {

constexpr std::size_t longestName = 4096; ///< as of paths on Linux
constexpr int mostParts = 64;             ///< each folder needs memory

std::string_view lastPart(std::string_view name) {
    return name.substr(name.rfind('/') + 1);
}

/// The system folder that contains a file; empty if there is none.
std::string systemFolderOf(std::string_view name) {
    for (std::size_t begin = 0, end; (end = name.find('/', begin)) != std::string_view::npos; begin = end + 1)
        if (std::string folder(name.substr(begin, end - begin)); isSystemFolder(folder))
            return folder;
    return {};
}

class ContentsSorter {
  public:
    explicit ContentsSorter(const ArchiveIndex &index) : m_index(index) {
        for (std::uint32_t member = 0; member < index.places.size(); ++member)
            addSafeName(member);
    }

    ArchiveContents sort() {
        const std::vector<std::uint32_t> order = m_names.sortedOrder();
        for (std::size_t i = 0; i < order.size(); ++i)
            if (i + 1 < order.size() && m_names.at(order[i]) == m_names.at(order[i + 1]))
                ++m_replaced; // the order is stable, so that the last of equal names is the one that counts
            else
                addMember(m_names.at(order[i]), m_members[order[i]]);
        tell();
        return std::move(m_result);
    }

  private:
    void addSafeName(std::uint32_t member) {
        const std::string stored = m_index.names.at(member);
        const std::string name = safeName(stored);
        if (!name.empty()) {
            m_names.add(name);
            m_members.push_back(member);
        } else if (++m_unsafe == 1) {
            m_unsafeExample = toValidUtf8(stored.substr(0, 100));
        }
    }

    void addMember(const std::string &name, std::uint32_t member) {
        const std::string file(lastPart(name));
        const std::string systemFolder = systemFolderOf(name);
        if (!systemFolder.empty() || isSystemFile(file)) {
            countSystemFile(file, systemFolder);
        } else if (hasImageExtension(file)) {
            addImage(name, member);
        } else if (file == "val_annotations.txt") {
            m_result.contents.labelFiles.push_back(name);
            m_result.labelMembers.push_back(member);
        } else if (const std::string extension = lowerCase(std::filesystem::path(file).extension().native());
                   isUnreadKind(extension)) {
            m_result.contents.unread.push_back({name, extension});
        }
    }

    void addImage(const std::string &name, std::uint32_t member) {
        if (const MemberProblem problem = m_index.places[member].problem; problem != MemberProblem::None) {
            m_result.contents.broken.push_back(
                {toValidUtf8(name), toValidUtf8(name) + " " + textOf(problem)});
            return;
        }
        m_result.contents.addImage(name, false);
        m_result.members.push_back(member);
    }

    void countSystemFile(const std::string &file, const std::string &folder) {
        if (!hasImageExtension(file))
            return;
        SystemFiles &files = m_result.contents.systemFiles;
        ++files.images;
        if (folder.empty())
            files.areSomeHidden = true;
        else
            files.folders.insert(toValidUtf8(folder));
    }

    void tell() {
        if (m_unsafe > 0)
            m_result.notes.push_back(datasetMessage("unsafe_members", m_unsafe, m_unsafeExample));
        if (m_replaced > 0)
            m_result.notes.push_back(datasetMessage("replaced_members", m_replaced));
        if (m_index.links > 0)
            m_result.notes.push_back(datasetMessage("archive_links", m_index.links));
    }

    const ArchiveIndex &m_index;
    NameTable m_names;                    ///< safe ones
    std::vector<std::uint32_t> m_members; ///< that have them
    std::size_t m_unsafe = 0;
    std::string m_unsafeExample;
    std::size_t m_replaced = 0;
    ArchiveContents m_result;
};

} // namespace

std::string safeName(std::string_view name) {
    if (name.empty() || name.size() > longestName || name.front() == '/' ||
        name.find('\0') != std::string_view::npos)
        return {};
    std::string safe;
    int parts = 0;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        const std::string_view part = name.substr(begin, end - begin);
        const bool isNamed = !part.empty() && part != ".";
        parts += isNamed ? 1 : 0;
        if (part == ".." || parts > mostParts)
            return {};
        if (isNamed && !safe.empty())
            safe += '/';
        if (isNamed)
            safe += part;
        begin = end + 1;
    }
    return safe;
}

ArchiveContents contentsOf(const ArchiveIndex &index) {
    return ContentsSorter(index).sort();
}

} // namespace simclr
