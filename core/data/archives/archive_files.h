// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/archives/archive_file.h"

namespace simclr {

/// Images that are members of one archive or of several.
class ArchiveFiles final : public EncodedFiles {
  public:
    struct Member {
        std::uint32_t archive;
        std::uint32_t member;
    };

    ArchiveFiles(std::vector<std::shared_ptr<const ArchiveFile>> archives, std::vector<Member> members)
        : m_archives(std::move(archives)), m_members(std::move(members)) {}

    std::string read(std::uint32_t i, std::uintmax_t maxBytes) const override {
        return archiveOf(i).read(m_members[i].member, maxBytes);
    }
    FileStamp stamp(std::uint32_t i) const override { return archiveOf(i).stamp(); }
    std::string displayName(std::uint32_t i) const override {
        return archiveOf(i).displayName(m_members[i].member);
    }

  private:
    const ArchiveFile &archiveOf(std::uint32_t i) const { return *m_archives.at(m_members.at(i).archive); }

    std::vector<std::shared_ptr<const ArchiveFile>> m_archives;
    std::vector<Member> m_members;
};

} // namespace simclr
