// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The members of a ZIP archive by name, as views into `archive`, which must outlive them. Only members that
/// are stored as they are, as PyTorch stores them, and only archives below 4 GiB; every offset, size and
/// checksum is compared with the bytes that are there. Throws InvalidInput, saying what is wrong.
std::map<std::string, std::string_view> zipMembers(std::string_view archive);

/// The names of all members, whether or not their contents can be read here. Throws InvalidInput.
std::vector<std::string> zipNames(std::string_view archive);

/// Makes a ZIP archive of members that are stored as they are, their bytes at multiples of 64, so that they
/// can be mapped into memory as PyTorch wants them.
class ZipWriter {
  public:
    /// Throws InvalidInput where the archive would grow beyond 4 GiB.
    void add(const std::string &name, std::string_view bytes);
    /// The archive. Call it once, last.
    std::string finish();

  private:
    struct Member {
        std::string name;
        std::uint32_t checksum = 0;
        std::uint32_t size = 0;
        std::uint32_t offset = 0;
    };
    std::string m_archive;
    std::vector<Member> m_members;
};

/// CRC-32 as in ZIP, PNG and gzip.
std::uint32_t crc32(std::string_view bytes);

} // namespace simclr
