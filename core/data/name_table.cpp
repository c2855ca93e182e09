// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/name_table.h"

#include "core/data/index_bytes.h"

#include <algorithm>
#include <compare>
#include <numeric>

namespace simclr {

namespace {

/// The order of folder + file, by bytes, without joining them.
std::strong_ordering compareNames(std::string_view folder, std::string_view file,
                                  std::string_view otherFolder, std::string_view otherFile) {
    const std::size_t common = std::min(folder.size(), otherFolder.size());
    if (const auto order = folder.substr(0, common) <=> otherFolder.substr(0, common); order != 0)
        return order;
    if (folder.size() == otherFolder.size())
        return file <=> otherFile;
    if (folder.size() > common)
        return 0 <=> compareNames(otherFolder, otherFile, folder, file);
    const std::string_view rest = otherFolder.substr(common);
    const std::size_t shared = std::min(file.size(), rest.size());
    if (const auto order = file.substr(0, shared) <=> rest.substr(0, shared); order != 0)
        return order;
    return file.size() < rest.size() ? std::strong_ordering::less : file.substr(shared) <=> otherFile;
}

} // namespace

std::uint32_t NameTable::folderNumber(std::string_view folder) {
    if (!m_folderOf.empty() && m_folders[m_folderOf.back()] == folder)
        return m_folderOf.back();
    const auto known = m_numbers.find(folder);
    if (known != m_numbers.end())
        return known->second;
    const auto number = static_cast<std::uint32_t>(m_folders.size());
    m_folders.emplace_back(m_numbers.emplace(folder, number).first->first);
    return number;
}

void NameTable::add(std::string_view name) {
    const std::size_t fileAt = name.rfind('/') + 1; // npos + 1 is 0
    m_folderOf.push_back(folderNumber(name.substr(0, fileAt)));
    m_files += name.substr(fileAt);
    m_ends.push_back(m_files.size());
}

std::string_view NameTable::fileOf(std::uint32_t i) const {
    const std::uint64_t begin = i == 0 ? 0 : m_ends[i - 1];
    return std::string_view(m_files).substr(begin, m_ends[i] - begin);
}

std::string NameTable::at(std::uint32_t i) const {
    std::string name(folderOf(i));
    return name += fileOf(i);
}

bool NameTable::isBefore(std::uint32_t i, std::uint32_t j) const {
    return compareNames(folderOf(i), fileOf(i), folderOf(j), fileOf(j)) < 0;
}

std::vector<std::uint32_t> NameTable::sortedOrder() const {
    std::vector<std::uint32_t> order(size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, [this](std::uint32_t i, std::uint32_t j) { return isBefore(i, j); });
    return order;
}

void NameTable::write(IndexWriter &writer) const {
    std::string folders;
    for (const std::string_view folder : m_folders)
        folders.append(folder) += '\0';
    writer.add(folders);
    writer.addArray(m_folderOf);
    writer.addArray(m_ends);
    writer.add(m_files);
}

NameTable NameTable::read(IndexReader &reader) {
    NameTable table;
    std::string_view folders = reader.text();
    for (std::size_t end; (end = folders.find('\0')) != std::string_view::npos;
         folders.remove_prefix(end + 1))
        table.folderNumber(folders.substr(0, end));
    table.m_folderOf = reader.array<std::uint32_t>();
    table.m_ends = reader.array<std::uint64_t>();
    table.m_files = reader.text();
    const auto isFolder = [&](std::uint32_t number) { return number < table.m_folders.size(); };
    const bool isWhole = table.m_folderOf.size() == table.m_ends.size() &&
                         (table.m_ends.empty() ? 0 : table.m_ends.back()) == table.m_files.size() &&
                         std::ranges::is_sorted(table.m_ends) &&
                         std::ranges::all_of(table.m_folderOf, isFolder);
    if (!isWhole)
        throw InvalidInput("the index is damaged");
    return table;
}

void NameTable::shrink() {
    m_folderOf.shrink_to_fit();
    m_ends.shrink_to_fit();
    m_files.shrink_to_fit();
}

} // namespace simclr
