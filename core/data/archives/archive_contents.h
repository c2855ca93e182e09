// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/archives/archive_index.h"
#include "core/data/folder_walk.h"

#include <vector>

namespace simclr {

/// What an archive contains, by the rules of walkFolder(), and what was left out.
struct ArchiveContents {
    FolderContents contents;
    std::vector<std::uint32_t> members;      ///< of each image, its number in the index
    std::vector<std::uint32_t> labelMembers; ///< of each label file
    std::vector<Message> notes;
};

/// Sorts the members of an archive. Names that lead out of it or too deep, links, and members whose name a
/// later one has are left out and counted.
ArchiveContents contentsOf(const ArchiveIndex &index);

/// The name of a member as a relative path without "." and empty parts; empty if it leads out of the archive,
/// is absolute, is no name, or has more than 64 parts.
std::string safeName(std::string_view name);

} // namespace simclr
