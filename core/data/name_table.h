// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

class IndexReader;
class IndexWriter;

/// Relative names of many files, as raw bytes with '/'. The name of a folder is stored once for all its
/// files, so that a name needs about its last part and 12 bytes. Not safe to change from several threads.
class NameTable {
  public:
    NameTable() = default;
    NameTable(const NameTable &) = delete;
    NameTable &operator=(const NameTable &) = delete;
    NameTable(NameTable &&) = default;
    NameTable &operator=(NameTable &&) = default;

    void add(std::string_view name);

    std::uint32_t size() const { return static_cast<std::uint32_t>(m_folderOf.size()); }
    std::string at(std::uint32_t i) const;
    /// Whether name i is before name j in the order of their bytes.
    bool isBefore(std::uint32_t i, std::uint32_t j) const;
    /// The numbers of the names in the order of their bytes.
    std::vector<std::uint32_t> sortedOrder() const;

    /// Releases memory that was reserved for more names.
    void shrink();

    void write(IndexWriter &writer) const;
    /// Throws InvalidInput if it is not what write() wrote.
    static NameTable read(IndexReader &reader);

  private:
    std::uint32_t folderNumber(std::string_view folder);
    std::string_view folderOf(std::uint32_t i) const { return m_folders[m_folderOf[i]]; }
    std::string_view fileOf(std::uint32_t i) const;

    std::map<std::string, std::uint32_t, std::less<>> m_numbers; ///< of the folders, with a '/' at the end
    std::vector<std::string_view> m_folders;                     ///< keys of m_numbers
    std::vector<std::uint32_t> m_folderOf;
    std::vector<std::uint64_t> m_ends; ///< of the files' names in m_files
    std::string m_files;
};

} // namespace simclr
