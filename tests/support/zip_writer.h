// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/crc32.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simclr::test {

/// Creates ZIP archives for tests, of uncompressed members, whose bytes begin at multiples of 64, like those
/// of PyTorch.
class ZipWriter {
  public:
    void add(const std::string &name, std::string_view bytes) {
        const Member member{name, crc32(bytes), count(bytes), count(m_archive)};
        append(localSignature, 4);
        appendCommon(member);
        const std::string extra = padding(m_archive.size() + 2 + name.size());
        append(count(extra), 2);
        m_archive += name;
        m_archive += extra;
        m_archive += bytes;
        m_members.push_back(member);
    }

    /// The archive. Call it once, last.
    std::string finish() {
        const std::uint32_t begin = count(m_archive);
        for (const Member &member : m_members) {
            append(centralSignature, 4);
            append(neededVersion, 2);
            appendCommon(member);
            m_archive.append(12, '\0'); // no extra field, no comment, one disk, no attributes
            append(member.offset, 4);
            m_archive += member.name;
        }
        const std::uint32_t bytes = count(m_archive) - begin;
        append(endSignature, 4);
        append(0, 4); // one disk
        append(static_cast<std::uint32_t>(m_members.size()), 2);
        append(static_cast<std::uint32_t>(m_members.size()), 2);
        append(bytes, 4);
        append(begin, 4);
        append(0, 2); // no comment
        return std::move(m_archive);
    }

  private:
    struct Member {
        std::string name;
        std::uint32_t checksum = 0;
        std::uint32_t size = 0;
        std::uint32_t offset = 0;
    };

    static std::uint32_t count(std::string_view bytes) { return static_cast<std::uint32_t>(bytes.size()); }

    void append(std::uint32_t value, std::size_t bytes) { append(m_archive, value, bytes); }
    static void append(std::string &to, std::uint32_t value, std::size_t bytes) {
        for (std::size_t i = 0; i < bytes; ++i)
            to += static_cast<char>(value >> (8 * i));
    }

    /// The fields common to local and central records, from the version to the length of the name.
    void appendCommon(const Member &member) {
        append(neededVersion, 2);
        append(namesAreUtf8, 2);
        append(0, 2); // stored
        append(firstOfJanuary1980 << 16, 4);
        append(member.checksum, 4);
        append(member.size, 4);
        append(member.size, 4);
        append(count(member.name), 2);
    }

    /// An extra field after which the next byte is at a multiple of 64.
    static std::string padding(std::size_t at) {
        constexpr std::size_t headerBytes = 4;
        constexpr std::size_t alignment = 64;
        const std::size_t missing = (alignment - (at + headerBytes) % alignment) % alignment;
        std::string field;
        append(field, paddingId, 2);
        append(field, static_cast<std::uint32_t>(missing), 2);
        return field + std::string(missing, 'Z');
    }

    // Signatures of the records (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16).
    static constexpr std::uint32_t localSignature = 0x04034b50;
    static constexpr std::uint32_t centralSignature = 0x02014b50;
    static constexpr std::uint32_t endSignature = 0x06054b50;
    static constexpr std::uint32_t neededVersion = 20;
    static constexpr std::uint32_t namesAreUtf8 = 1u << 11;
    static constexpr std::uint32_t paddingId = 0x4246; ///< "FB", the extra field with which PyTorch pads
    static constexpr std::uint32_t firstOfJanuary1980 = 0x21;

    std::string m_archive;
    std::vector<Member> m_members;
};

} // namespace simclr::test
